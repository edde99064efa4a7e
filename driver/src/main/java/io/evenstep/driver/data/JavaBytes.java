package io.evenstep.driver.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * Values as Java's own serialization writes them, for the way between Spark's processes: where
 * {@code spark.serializer} is Kryo, it can carry bytes, and no records.
 */
public final class JavaBytes {
  private JavaBytes() {}

  /** A value as bytes. */
  public static byte[] of(Serializable value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + value.getClass() + " to memory", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The value that {@link #of} has been given, in another of this Spark application's processes.
   */
  public static <T> T read(byte[] bytes, Class<T> type) {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return type.cast(in.readObject());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + type + " from memory", e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("The processes of a Spark application have one program", e);
    }
  }
}
