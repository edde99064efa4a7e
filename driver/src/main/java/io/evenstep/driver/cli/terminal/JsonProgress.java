package io.evenstep.driver.cli.terminal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenstep.driver.control.Progress;
import java.io.PrintWriter;

/** One JSON object per line, for programs. */
public final class JsonProgress implements Progress {
  private final PrintWriter out;
  private String task = "";
  private long total;

  /** Writes to {@code out}. */
  public JsonProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public synchronized void say(String line) {
    print(event("message").put("text", line));
  }

  @Override
  public synchronized void begin(String name, long length) {
    task = name;
    total = length;
    print(event("begin").put("task", task).put("total", total));
  }

  @Override
  public synchronized void at(long done, String detail) {
    print(
        event("progress")
            .put("task", task)
            .put("done", done)
            .put("total", total)
            .put("detail", detail));
  }

  @Override
  public synchronized void end() {
    if (!task.isEmpty()) {
      print(event("end").put("task", task));
      task = "";
    }
  }

  private static ObjectNode event(String kind) {
    return JsonNodeFactory.instance.objectNode().put("event", kind);
  }

  private void print(ObjectNode event) {
    out.println(event);
    out.flush();
  }
}
