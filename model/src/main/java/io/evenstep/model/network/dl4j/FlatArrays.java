package io.evenstep.model.network.dl4j;

import io.evenstep.model.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Views of flat float arrays as bytes. */
public final class FlatArrays {
  private FlatArrays() {}

  /**
   * The array's own memory: a direct little-endian buffer of {@code 4 * length} bytes, shared, not
   * copied. The buffer does not keep the array alive. After writing to it, call {@link
   * io.evenstep.model.data.Floats#written}.
   *
   * @throws IllegalArgumentException when the array is not contiguous floats
   */
  public static ByteBuffer bytes(INDArray array) {
    if (array.dataType() != org.nd4j.linalg.api.buffer.DataType.FLOAT
        || (array.length() > 1 && array.elementWiseStride() != 1)) {
      throw new IllegalArgumentException(
          "Invalid array: must be contiguous floats, got " + array.shapeInfoToString());
    }
    long start = array.offset() * Float.BYTES; // data().asNio() begins at the base of a view
    ByteBuffer base = array.data().asNio();
    return base.duplicate()
        .position((int) start)
        .limit((int) (start + array.length() * Float.BYTES))
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** SHA-256, in lower-case hex, of the array's raw little-endian float bytes. */
  public static String sha256(INDArray array) {
    return Sha256.of(bytes(array));
  }
}
