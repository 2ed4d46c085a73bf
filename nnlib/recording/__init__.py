"""Training several times quicker, by what NumPy was asked to do, and not by asking it anew in every step.

A record is the list of NumPy calls that one step of nnlib's own code makes, layers, loss, and optimizer; it is written
down once, by running that code on arrays that note what is done to them (`tracing`). The list has no mathematics of its
own. Calls that can be one are made one (`fusing`), and all memory is there beforehand, so to repeat the list is to train
(`record`), batch by batch, epoch by epoch (`epochs`); what is measured after each epoch has a list, too (`answers`). In a
page the list is written as WebAssembly, which gives the same numbers to the bit (`wasm`, `compiled`). `nnlib.train` does
so by itself. What can't be recorded, such as a layer of your own, is trained the plain way.

An optimizer's numbers, such as its learning rate, are looked up before each epoch: another one costs no new record. An
optimizer of your own is recorded where its class says `recordable = True` (`record.ours` has the terms).
"""

from nnlib.recording.epochs import Recorded
from nnlib.recording.record import Call, Record, make_record

__all__ = ["Call", "Record", "Recorded", "make_record"]
