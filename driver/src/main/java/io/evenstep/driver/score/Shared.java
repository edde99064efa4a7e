package io.evenstep.driver.score;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** A value that all tasks of a job use. */
interface Shared<T> extends Serializable {
  /** The value, in a task. */
  T value();

  /** Ends its use. */
  void destroy();

  /** Sends a value to the executors once. */
  static <T> Shared<T> on(JavaSparkContext spark, T value) {
    return new OnExecutors<>(spark.broadcast(value));
  }

  /** A value for tasks of this process. */
  static <T> Shared<T> here(T value) {
    return new Here<>(value);
  }

  /** Copies in the executors. */
  record OnExecutors<T>(Broadcast<T> broadcast) implements Shared<T> {
    @Override
    public T value() {
      return broadcast.value();
    }

    @Override
    public void destroy() {
      broadcast.destroy();
    }
  }

  /** The value itself, which is never serialized. */
  final class Here<T> implements Shared<T> {
    private static final long serialVersionUID = 1L;

    private final transient T value;

    private Here(T value) {
      this.value = value;
    }

    @Override
    public T value() {
      return value;
    }

    @Override
    public void destroy() {}
  }
}
