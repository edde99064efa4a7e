package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExitTest {
  @Test
  void endsTheProcessThoughAThreadIsStillAbout() throws Exception {
    assertThat(exitOf(List.of(), "lingering", 75)).isEqualTo(75);
    assertThat(exitOf(List.of(), "lingering", 0)).isZero();
  }

  @Test
  void leavesSuccessToYarnsApplicationMaster() throws Exception {
    List<String> yarn = List.of("-Dspark.master=yarn", "-Dspark.submit.deployMode=cluster");

    assertThat(exitOf(yarn, "alone", 0)).isEqualTo(Child.CAME_BACK);
    assertThat(exitOf(yarn, "alone", 65)).isEqualTo(65);
  }

  private static int exitOf(List<String> options, String how, int code) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Child.class.getName(), how, String.valueOf(code)));
    Process process = new ProcessBuilder(command).inheritIO().start();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  /** A process that ends by {@link Exit}, with or without a thread that never does. */
  static final class Child {
    static final int CAME_BACK = 3;

    private Child() {}

    public static void main(String[] args) {
      if (args[0].equals("lingering")) {
        new Thread(Child::waitForever, "lingering").start();
      }
      Exit.with(
          Integer.parseInt(args[1]), new PrintWriter(System.err, true, StandardCharsets.UTF_8));
      Runtime.getRuntime().halt(CAME_BACK);
    }

    private static void waitForever() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
