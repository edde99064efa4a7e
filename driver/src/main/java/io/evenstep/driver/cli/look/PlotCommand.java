package io.evenstep.driver.cli.look;

import io.evenstep.driver.cli.session.ExitCode;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.plot.run.RunPlots;
import io.evenstep.driver.run.RunFolder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes pictures of a run's curves and network. */
@Command(name = "plot", description = "Draw a run's curves and network as PNG and SVG.")
public final class PlotCommand implements Callable<Integer> {
  @Mixin private RunOptions run = new RunOptions();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets a key of the run's job, such as model.allow or data.packs.")
  private Map<String, String> sets = new LinkedHashMap<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    Configuration hadoop = new Configuration();
    RunFolder folder = run.open(hadoop);
    RunPlots plots =
        RunPlots.draw(folder, RunOptions.job(folder, new Overrides(sets, Map.of())), hadoop);
    plots.written().forEach(file -> spec.commandLine().getOut().println(RunFolder.shown(file)));
    plots.leftOut().forEach(spec.commandLine().getErr()::println);
    spec.commandLine().getOut().flush();
    spec.commandLine().getErr().flush();
    return ExitCode.DONE.number;
  }
}
