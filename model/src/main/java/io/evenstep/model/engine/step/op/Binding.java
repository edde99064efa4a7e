package io.evenstep.model.engine.step.op;

import io.evenstep.model.engine.step.kernel.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Tensors in memory of somebody else. Its address may change at each step. */
public final class Binding {
  private record Place(Tensor tensor, long offsetBytes) {}

  private final List<Place> places = new ArrayList<>();
  private long base;

  /** Adds a tensor that begins this many floats after the base. */
  Tensor add(Tensor tensor, long offset) {
    Place place = new Place(tensor, offset * Float.BYTES);
    places.add(place);
    if (base != 0) {
      tensor.moveTo(base + place.offsetBytes());
    }
    return tensor;
  }

  /** Sets the base address. */
  public void bind(long address) {
    if (address != base) {
      base = address;
      for (int i = 0; i < places.size(); i++) {
        places.get(i).tensor().moveTo(address + places.get(i).offsetBytes());
      }
    }
  }

  /** The base address; 0 before the first {@link #bind}. */
  public long base() {
    return base;
  }
}
