#!/bin/sh
# PyTorch 2.13.0, Optax 0.2.8, Keras 3.15.1: after its last step a cosine schedule rises again in one of them.
#
# Guess beforehand: a learning rate that has come down along a cosine in 10 steps stays at its end.
# Seen: in Optax and Keras it stays at 0. In PyTorch `CosineAnnealingLR(T_max=10)` climbs back, to the full rate after
# 20 steps, and swings on: T_max is half a period. A run that is one epoch longer than planned starts to undo itself.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check torch==2.13.0 optax==0.2.8 keras==3.15.1 jax==0.10.2
KERAS_BACKEND=jax "$folder/env/bin/python" - <<'PY'
import keras
import optax
import torch

optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=10)
by_torch = []
for _ in range(31):
    by_torch.append(optimizer.param_groups[0]["lr"])
    optimizer.step()
    schedule.step()
others = {"Optax": optax.cosine_decay_schedule(1.0, 10), "Keras": keras.optimizers.schedules.CosineDecay(1.0, 10)}
rates = {"PyTorch": by_torch} | {name: [float(rate(step)) for step in range(31)] for name, rate in others.items()}
for name, rate in rates.items():
    print(f"{name:8}", {step: round(rate[step], 3) for step in (0, 5, 10, 15, 20, 30)})
assert [round(by_torch[step], 3) for step in (0, 5, 10, 15, 20, 30)] == [1, 0.5, 0, 0.5, 1, 0]
assert all(max(rates[name][10:]) < 1e-6 for name in others)
PY
