package io.evenstep.model.network.trust;

import io.evenstep.model.ConfigException;
import io.evenstep.model.Reason;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import org.bytedeco.javacpp.indexer.Bfloat16Indexer;
import org.bytedeco.javacpp.indexer.HalfIndexer;
import org.nd4j.linalg.api.buffer.DataBuffer.AllocationMode;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reads a flat array in the format of {@code Nd4j.write}: two buffers, the shape and the numbers.
 * Each has a mode, a length, a type and that many numbers, big-endian. ND4J's reader trusts the
 * lengths and passes the shape to native code. This reader checks the lengths against what the
 * network needs before it allocates anything, and skips the shape.
 */
public final class SavedArray {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MOST_SHAPE_NUMBERS = 2 * 32 + 4; // of the highest rank

  /** What one Java array can hold. */
  private static final int MOST_NUMBERS = Integer.MAX_VALUE - 8;

  private final DataInputStream in;
  private final String name;

  private SavedArray(InputStream in, String name) {
    this.in = new DataInputStream(new BufferedInputStream(in, BUFFER_BYTES));
    this.name = name;
  }

  /**
   * Reads the numbers as floats, whatever type they were saved as.
   *
   * @param most most numbers that there may be
   * @param name the array's name in messages
   * @return [n]
   * @throws ConfigException when it is not such an array, has more numbers, ends early or holds one
   *     that is not finite
   * @throws IOException when {@code in} fails
   */
  public static INDArray read(InputStream in, long most, String name) throws IOException {
    SavedArray array = new SavedArray(in, name);
    try {
      return Nd4j.createFromArray(array.numbers(most));
    } catch (EOFException | UTFDataFormatException | IllegalArgumentException e) {
      throw new ConfigException(array.problem("damaged, " + Reason.of(e)), e);
    }
  }

  private float[] numbers(long most) throws IOException {
    Header shape = header();
    require(shape.length <= MOST_SHAPE_NUMBERS, "its shape has " + shape.length + " numbers");
    in.skipNBytes(shape.length * shape.type.bytes);
    Header header = header();
    require(
        header.length <= most, "it must have at most " + most + " numbers, got " + header.length);
    require(header.length <= MOST_NUMBERS, "it has " + header.length + " numbers");
    float[] numbers = new float[(int) header.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = header.type.read(in);
      if (!Float.isFinite(numbers[i])) {
        throw new ConfigException(problem("its number " + i + " is " + numbers[i]));
      }
    }
    require(in.read() < 0, "it has data after its last number");
    return numbers;
  }

  private Header header() throws IOException {
    AllocationMode mode = AllocationMode.valueOf(in.readUTF());
    boolean old = mode.compareTo(AllocationMode.LONG_SHAPE) < 0;
    long length = old ? in.readInt() : in.readLong();
    require(length >= 0, "its length is " + length);
    return new Header(length, Type.valueOf(in.readUTF()));
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      throw new ConfigException(problem(problem));
    }
  }

  private String problem(String problem) {
    return "Cannot restore the network from " + name + ": " + problem;
  }

  private record Header(long length, Type type) {}

  /** ND4J's types in which flat arrays and shapes are saved. */
  private enum Type {
    INT(Integer.BYTES, DataInputStream::readInt),
    LONG(Long.BYTES, DataInputStream::readLong),
    HALF(Short.BYTES, in -> HalfIndexer.toFloat(in.readUnsignedShort())),
    BFLOAT16(Short.BYTES, in -> Bfloat16Indexer.toFloat(in.readUnsignedShort())),
    FLOAT(Float.BYTES, DataInputStream::readFloat),
    DOUBLE(Double.BYTES, in -> (float) in.readDouble());

    private final int bytes;
    private final Reader reader;

    Type(int bytes, Reader reader) {
      this.bytes = bytes;
      this.reader = reader;
    }

    float read(DataInputStream in) throws IOException {
      return reader.read(in);
    }

    private interface Reader {
      float read(DataInputStream in) throws IOException;
    }
  }
}
