"""The network of a hundred tutorials in Keras 3. KERAS_BACKEND says what computes: jax, torch or tensorflow."""

import sys

import keras
import numpy as np

start = np.load(sys.argv[1])  # the same for every library
X, y, X_test = start["X"], start["y"], start["X_test"]
keras.config.set_floatx(X.dtype.name)

image = keras.Input((28, 28))
mask = keras.Input((128,))  # for Dropout(0.2), which would draw its own
flat = keras.layers.Flatten()(image)
hidden = keras.layers.Dense(128, activation="relu")(flat)
kept = keras.layers.Multiply()([hidden, mask])
y_hat = keras.layers.Dense(10, activation="softmax")(kept)
model = keras.Model([image, mask], y_hat)
weights = [start[name] for name in ("W1", "b1", "W2", "b2")]
model.set_weights(weights)

nothing_dropped = np.ones((len(X_test), 128), X.dtype)
outputs = model.predict([X_test, nothing_dropped], verbose=0)

# A plain step of length 1 takes off the gradient itself.
loss = "sparse_categorical_crossentropy"
model.compile(keras.optimizers.SGD(1.0), loss)
rows = start["orders"][0, :32]
model.train_on_batch([X[rows], start["masks"][0, :32]], y[rows])
gradients = [w - new for w, new in zip(weights, model.get_weights(), strict=True)]

model.set_weights(weights)
epsilon = {"epsilon": float(start["epsilon"])} if "epsilon" in start else {}
model.compile(keras.optimizers.Adam(0.001, **epsilon), loss)
losses = []
for rows, masks in zip(start["orders"], start["masks"], strict=True):
    how = {"batch_size": 32, "shuffle": False, "verbose": 0}
    losses += model.fit([X[rows], masks], y[rows], **how).history["loss"]

answers = model.predict([X_test, nothing_dropped], verbose=0).argmax(axis=1)
gradients = np.concatenate([gradient.ravel() for gradient in gradients])
found = {"outputs": outputs, "gradients": gradients, "losses": losses, "answers": answers}
np.savez(sys.argv[2], **found)
