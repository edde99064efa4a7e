package io.evenstep.driver.cli.study;

import io.evenstep.driver.cli.session.ExitCode;
import io.evenstep.driver.plot.FigureFiles;
import io.evenstep.driver.plot.lesson.LessonFigures;
import io.evenstep.driver.run.RunFolder;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws the pictures that need no run. */
@Command(
    name = "figures",
    description =
        "Draw the pictures of the course that need no run, as PNG and SVG: activations, losses,"
            + " paths of optimizers, and the spread of activations by initial weights.")
public final class FiguresCommand implements Callable<Integer> {
  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      description = "Folder for the pictures; default: runs/figures.")
  private String folder = "runs/figures";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Path to = new Path(folder);
    FileSystem files = RunFolder.at(to, new Configuration()).files();
    LessonFigures.all()
        .forEach(
            (name, figure) ->
                FigureFiles.write(files, to, name, figure.get())
                    .forEach(file -> spec.commandLine().getOut().println(RunFolder.shown(file))));
    spec.commandLine().getOut().flush();
    return ExitCode.DONE.number;
  }
}
