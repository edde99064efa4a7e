package io.evenstep.driver.data;

import java.io.Serializable;
import java.nio.ByteBuffer;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Values as Spark serializes its tasks, whatever {@code spark.serializer} is: where that is Kryo,
 * it can carry bytes, and no records. For the way between the processes of one Spark application
 * alone, which trust each other with such objects already.
 */
public final class JavaBytes {
  private JavaBytes() {}

  /** A value as bytes. */
  public static byte[] of(Serializable value) {
    ByteBuffer written = serializer().serialize(value, tag(Serializable.class));
    byte[] bytes = new byte[written.remaining()];
    written.get(bytes);
    return bytes;
  }

  /** The value that {@link #of} has been given in another process of this application. */
  public static <T> T read(byte[] bytes, Class<T> type) {
    return type.cast(serializer().deserialize(ByteBuffer.wrap(bytes), tag(type)));
  }

  private static SerializerInstance serializer() {
    return new JavaSerializer(new SparkConf()).newInstance();
  }

  private static <T> ClassTag<T> tag(Class<T> type) {
    return ClassTag$.MODULE$.apply(type);
  }
}
