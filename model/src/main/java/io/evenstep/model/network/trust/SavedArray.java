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
 * Reads a flat array as {@code Nd4j.write} writes it: two buffers, the shape and the numbers, each
 * a mode, a length, a type and so many numbers, big-endian. ND4J's own reader believes the lengths
 * it finds and hands the shape to native code; here they must be what the network needs before
 * anything is allocated, and the shape is passed over.
 */
public final class SavedArray {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MOST_SHAPE_NUMBERS = 2 * 32 + 4; // of the highest rank there is

  /** What one array of Java's can hold. */
  private static final int MOST_NUMBERS = Integer.MAX_VALUE - 8;

  private final DataInputStream in;
  private final String name;

  private SavedArray(InputStream in, String name) {
    this.in = new DataInputStream(new BufferedInputStream(in, BUFFER_BYTES));
    this.name = name;
  }

  /**
   * Reads the numbers, as floats, whatever they were saved as.
   *
   * @param most how many there may be, at most
   * @param name what to call the array in messages
   * @return [n]
   * @throws ConfigException when it is no such array, has more numbers, ends early or holds one
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
        header.length <= most,
        "the network takes at most " + most + " numbers, it has " + header.length);
    require(header.length <= MOST_NUMBERS, "it has " + header.length + " numbers");
    float[] numbers = new float[(int) header.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = header.type.read(in);
      if (!Float.isFinite(numbers[i])) {
        throw new ConfigException(problem("its number " + i + " is " + numbers[i]));
      }
    }
    require(in.read() < 0, "it goes on after its last number");
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

  /** Those of ND4J's types that flat arrays and shapes are saved in. */
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
