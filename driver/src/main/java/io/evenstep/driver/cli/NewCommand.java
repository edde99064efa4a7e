package io.evenstep.driver.cli;

import io.evenstep.driver.cli.session.ExitCode;
import io.evenstep.driver.cli.session.SparkOptions;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.data.spec.DataSpec.Task;
import io.evenstep.driver.profile.DraftJob.Draft;
import io.evenstep.driver.profile.DraftRequest;
import io.evenstep.model.ConfigException;
import io.evenstep.worker.checkpoint.FileFault;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a first job file for a table. */
@Command(
    name = "new",
    description = "Read a table once and write a job file for it that is ready to train.")
final class NewCommand implements Callable<Integer> {
  private final JobRunners.Draft job;
  private final StopRequest stop;

  @Parameters(
      arity = "1..*",
      paramLabel = "DATA",
      description =
          "CSV, Parquet or JSON lines: files, folders or globs; or the folder of a Delta or Iceberg"
              + " table.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = "--label",
      required = true,
      paramLabel = "COLUMN",
      description = "Column to predict.")
  private String label = "";

  @Option(
      names = "--task",
      paramLabel = "classification|regression",
      description = "Whether the label is a class or a number; default: guessed from its values.")
  private Optional<Task> task = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Job file to write; default: the name of the data with .yaml, in this folder.")
  private Optional<String> output = Optional.empty();

  @Option(names = "--force", description = "Overwrite an existing job file.")
  private boolean force;

  @Mixin private SparkOptions spark = new SparkOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  NewCommand(JobRunners.Draft job, StopRequest stop) {
    this.job = job;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    String name = DataNames.job(paths.get(0));
    Path file = Path.of(output.orElse(name + ".yaml"));
    if (Files.exists(file) && !force) {
      throw new ConfigException(
          "--output", "must not exist yet, unless --force is given to overwrite it", file);
    }
    DraftRequest request =
        new DraftRequest(name, paths, DataNames.seenFrom(file, paths), label, task);
    Draft draft = spark.run("evenstep new", stop, opened -> job.run(request, opened));
    write(file, draft.job());
    PrintWriter out = spec.commandLine().getOut();
    out.print(draft.profile());
    out.println();
    out.println("Wrote " + file + "; train it with: evenstep train " + file);
    return ExitCode.DONE.number;
  }

  private static void write(Path file, String text) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw FileFault.of("Cannot write", new org.apache.hadoop.fs.Path(file.toUri()), e);
    }
  }
}
