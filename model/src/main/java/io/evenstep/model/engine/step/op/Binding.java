package io.evenstep.model.engine.step.op;

import io.evenstep.model.engine.step.kernel.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Tensors within memory of somebody else, who may hand over another piece of it at any step. */
public final class Binding {
  private record Place(Tensor tensor, long offsetBytes) {}

  private final List<Place> places = new ArrayList<>();
  private long base;

  /** This tensor begins so many floats behind the base. */
  Tensor add(Tensor tensor, long offset) {
    places.add(new Place(tensor, offset * Float.BYTES));
    return tensor;
  }

  /** The base is at this address. */
  public void bind(long address) {
    if (address != base) {
      base = address;
      for (int i = 0; i < places.size(); i++) {
        places.get(i).tensor().moveTo(address + places.get(i).offsetBytes());
      }
    }
  }

  /** Where the base is; 0 before the first {@link #bind}. */
  public long base() {
    return base;
  }
}
