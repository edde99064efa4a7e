package io.evenstep.driver.cli.study;

import io.evenstep.driver.cli.session.ExitCode;
import io.evenstep.driver.cli.session.SparkOptions;
import io.evenstep.driver.cli.terminal.Terminal;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.course.CourseEntry;
import io.evenstep.driver.course.CourseFiles;
import io.evenstep.driver.course.CourseJob;
import io.evenstep.driver.course.CourseJob.Course;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.model.Reason;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the course. */
@Command(
    name = "course",
    description =
        "Train the jobs of the course one after the other, and make one page of their figures and"
            + " pictures. Jobs that are done already are not repeated.")
public final class CourseCommand implements Callable<Integer> {
  private static final String HOME = "EVENSTEP_HOME"; // the launcher sets it

  private final StopRequest stop;

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "Folder of the job files; default: conf/course of this Evenstep.")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--only",
      paramLabel = "TEXT",
      description = "Run only the jobs with this text in their name; may be given many times.")
  private List<String> only = new ArrayList<>();

  @Mixin private SparkOptions spark = new SparkOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  /** A command that ends early when {@code stop} asks for it. */
  public CourseCommand(StopRequest stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    List<Path> jobs = CourseFiles.in(folder.orElseGet(CourseCommand::ours), only);
    Course course = run(jobs);
    List<CourseEntry> missed = course.entries().stream().filter(e -> !e.isDone()).toList();
    missed.forEach(this::complain);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%d of %d jobs are done%n",
        course.entries().size() - missed.size(),
        course.entries().size());
    course.page().ifPresent(page -> out.println("Page: " + RunFolder.shown(page)));
    out.flush();
    return code(missed).number;
  }

  private static Path ours() {
    return Optional.ofNullable(System.getenv(HOME))
        .map(home -> Path.of(home, "conf", "course"))
        .orElseGet(() -> Path.of("conf", "course"));
  }

  private Course run(List<Path> jobs) {
    return spark.run(
        "course",
        stop,
        () -> Terminal.progress(spec.commandLine().getErr()),
        (opened, progress) -> CourseJob.run(jobs, spark.overrides(), opened, progress, stop));
  }

  private void complain(CourseEntry entry) {
    PrintWriter err = spec.commandLine().getErr();
    String why = entry.failure().map(Reason::of).orElse("its quality gate is not met");
    why.lines().forEach(line -> err.println("error: " + entry.name() + ": " + line));
    err.flush();
  }

  /** The code of the first failure; a gate that is not met counts only if nothing failed. */
  private static ExitCode code(List<CourseEntry> missed) {
    return missed.stream()
        .flatMap(entry -> entry.failure().stream())
        .map(ExitCode::of)
        .findFirst()
        .orElse(missed.isEmpty() ? ExitCode.DONE : ExitCode.GATE_NOT_MET);
  }
}
