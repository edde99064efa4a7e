package io.evenstep.driver.data.part;

import org.apache.spark.TaskContext;
import org.apache.spark.TaskContext$;
import org.apache.spark.TaskContextImpl;
import scala.Option;

/**
 * A task of the calling thread, without Spark. Code that runs in Spark's tasks finds a context here
 * too, and what it opened is closed at the end.
 */
public final class LocalTask implements AutoCloseable {
  private final TaskContextImpl context;

  private LocalTask(TaskContextImpl context) {
    this.context = context;
  }

  /** Begins a task in this thread. A thread runs one task at a time. */
  public static LocalTask begin() {
    if (TaskContext.get() != null) {
      throw new IllegalStateException("This thread runs a task already");
    }
    TaskContextImpl context = TaskContext$.MODULE$.empty();
    TaskContext$.MODULE$.setTaskContext(context);
    return new LocalTask(context);
  }

  /** Closes what the task opened. */
  @Override
  public void close() {
    try {
      context.markTaskCompleted(Option.empty());
    } finally {
      TaskContext$.MODULE$.unset();
    }
  }
}
