package io.evenstep.model.engine;

import static org.bytedeco.openblas.global.openblas_nolapack.cblas_saxpy;

import io.evenstep.model.NativeRuntime;
import io.evenstep.model.data.Floats;
import io.evenstep.model.network.dl4j.FlatArrays;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.AddOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Consecutive little-endian floats outside the Java heap: parameters, a gradient, state. An engine
 * computes in them, by address or as an ND4J array. All other code adds, copies, sends and stores
 * them. They never move. Only {@link #allocate} allocates memory for numbers.
 */
public final class Region {
  /**
   * On a GPU, adding parts of an array would copy the whole array to the card and back each time.
   */
  private static final boolean ON_CARDS = NativeRuntime.hasCuda();

  private final INDArray array; // [length]; keeps the memory alive
  private final ByteBuffer bytes;
  private final FloatPointer floats; // the same memory
  private final boolean part;

  private Region(INDArray array, boolean part) {
    this.array = array;
    this.bytes = array.isEmpty() ? ByteBuffer.allocateDirect(0) : FlatArrays.bytes(array);
    this.floats = new FloatPointer(bytes().asFloatBuffer());
    this.part = part;
  }

  /** Fresh memory, all zero. */
  public static Region allocate(long floats) {
    return new Region(floats == 0 ? Nd4j.empty(DataType.FLOAT) : zeros(floats), false);
  }

  private static INDArray zeros(long floats) {
    return Nd4j.create(DataType.FLOAT, floats);
  }

  /**
   * An array's own memory, shared, not copied.
   *
   * @param array [length], contiguous floats
   */
  public static Region of(INDArray array) {
    return new Region(array, false);
  }

  /** The floats from {@code from} to before {@code to}, shared, not copied. */
  public Region slice(long from, long to) {
    return from == to ? allocate(0) : new Region(array.get(NDArrayIndex.interval(from, to)), true);
  }

  /** How many floats. */
  public long length() {
    return array.length();
  }

  /** How many bytes. */
  public int byteLength() {
    return bytes.remaining();
  }

  /** The address of the first float. */
  public long address() {
    return array.data().address() + array.offset() * Float.BYTES;
  }

  /** The same memory as an ND4J array, [length], for engines. */
  public INDArray array() {
    return array;
  }

  /**
   * The same memory as bytes: direct and little-endian. The buffer does not keep the memory alive.
   * Call {@link #refresh} before reading what ND4J may have computed, {@link #written} after
   * writing.
   */
  public ByteBuffer bytes() {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes left + right to this region, which may be one of them. */
  public void sum(Region left, Region right) {
    if (array.isEmpty()) {
      return;
    }
    if (part && ON_CARDS) {
      addInJava(left.bytes(), right.bytes(), bytes());
    } else if (ON_CARDS) {
      Nd4j.getExecutioner().exec(new AddOp(left.array, right.array, array));
    } else if (address() == right.address()) {
      addHere(left);
    } else {
      if (address() != left.address()) {
        bytes().put(left.bytes());
      }
      addHere(right);
    }
  }

  /** ND4J's own operation took a third of a small network's step. Both round in the same way. */
  private void addHere(Region other) {
    cblas_saxpy(Math.toIntExact(length()), 1, other.floats, 1, floats, 1);
  }

  /** Adds floats in Java; every processor gives the same bits. */
  static void addInJava(ByteBuffer left, ByteBuffer right, ByteBuffer sum) {
    FloatBuffer a = left.asFloatBuffer();
    FloatBuffer b = right.asFloatBuffer();
    FloatBuffer c = sum.asFloatBuffer();
    for (int i = 0; i < c.limit(); i++) {
      c.put(i, a.get(i) + b.get(i));
    }
  }

  /** Copies another region of the same length to this one. */
  public void copyFrom(Region other) {
    other.refresh();
    bytes().put(other.bytes());
    written();
  }

  /** Writes {@code factor} times another region of the same length to this one. */
  public void scaled(Region other, double factor) {
    array.assign(other.array).muli(factor);
  }

  /** Divides each float. */
  public void divideBy(double divisor) {
    array.divi(divisor);
  }

  /** The sum of the floats' magnitudes. It is finite only if all of them are. */
  public double sumOfMagnitudes() {
    return array.isEmpty() ? 0 : Nd4j.getBlasWrapper().asum(array);
  }

  /** The square root of the sum of the floats' squares. */
  public double norm() {
    return array.isEmpty() ? 0 : Nd4j.getBlasWrapper().nrm2(array);
  }

  /** SHA-256 of the bytes, in lower-case hex. */
  public String sha256() {
    return FlatArrays.sha256(array);
  }

  /** To be called after the memory was written to without ND4J; see {@link Floats#written}. */
  public void written() {
    if (!array.isEmpty()) {
      Floats.written(array);
    }
  }

  /** Updates the memory with what ND4J has computed since; see {@link Floats#refresh}. */
  public void refresh() {
    if (!array.isEmpty()) {
      Floats.refresh(array);
    }
  }
}
