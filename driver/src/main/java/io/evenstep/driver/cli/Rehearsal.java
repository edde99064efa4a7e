package io.evenstep.driver.cli;

import io.evenstep.driver.cli.session.ExitCode;
import io.evenstep.driver.control.StopRequest;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Runs each command once on a small job. The launcher uses this to let Java write an archive of the
 * classes that commands load (class-data sharing, JEP 350), which makes later starts faster.
 */
public final class Rehearsal {
  private Rehearsal() {}

  /**
   * Trains for one epoch, then evaluates, predicts without Spark and with it, inspects and plans;
   * exits with the first nonzero code.
   *
   * @param args a job file, its table of rows, and a new folder for the output
   */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    Exit.with(rehearse(args[0], args[1], Path.of(args[2]), out), out);
  }

  private static int rehearse(String job, String rows, Path folder, PrintWriter out) {
    for (String[] command : commands(job, rows, folder)) {
      int code =
          Main.run(
              JobWiring.jobs(), Clock.systemDefaultZone(), new StopRequest(), out, out, command);
      if (code != ExitCode.DONE.number) {
        return code;
      }
    }
    return ExitCode.DONE.number;
  }

  private static String[][] commands(String job, String rows, Path folder) {
    String run = folder.resolve("run").toString();
    return new String[][] {
      {
        "train",
        job,
        "--run-id",
        "run",
        "--set",
        "output=" + folder,
        "--set",
        "training.epochs=1",
        "--set",
        "gate.atLeast=0"
      },
      {"evaluate", run},
      {
        "predict",
        run,
        "--input",
        rows,
        "--output",
        folder.resolve("csv").toString(),
        "--format",
        "csv"
      },
      {
        "predict", // with Spark, because of the setting
        run,
        "--input",
        rows,
        "--output",
        folder.resolve("parquet").toString(),
        "--conf",
        "spark.sql.adaptive.enabled=false"
      },
      {"inspect", run},
      {"plan", job, "--set", "output=" + folder},
    };
  }
}
