"""What the playground is made of: the data's laws, the task, the training that goes on, and what is asked of it."""
