package io.evenstep.model.nd4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.cpu.nativecpu.CpuNDArrayFactory;

/** ND4J's array factory with {@link FencedMatrixProducts}. */
public final class FencedArrayFactory extends CpuNDArrayFactory {
  /** As ND4J makes it. */
  public FencedArrayFactory() {}

  /** As ND4J makes it, with a default type and order. */
  public FencedArrayFactory(DataType type, Character order) {
    super(type, order);
  }

  /** As ND4J makes it, with a default type and order. */
  public FencedArrayFactory(DataType type, char order) {
    super(type, order);
  }

  @Override
  public void createLevel3() {
    level3 = new FencedMatrixProducts();
  }
}
