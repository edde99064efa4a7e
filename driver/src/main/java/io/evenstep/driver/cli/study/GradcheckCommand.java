package io.evenstep.driver.cli.study;

import io.evenstep.driver.cli.session.ExitCode;
import io.evenstep.driver.cli.session.JobFiles;
import io.evenstep.driver.cli.session.OptionRules;
import io.evenstep.driver.cli.session.SparkOptions;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.study.GradcheckJob;
import io.evenstep.driver.study.GradcheckTable;
import io.evenstep.model.ConfigException;
import io.evenstep.model.gradcheck.CheckedLayer;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares a network's gradient with numeric differences. */
@Command(
    name = "gradcheck",
    description =
        "Compare the gradient of a job's network, layer by layer and in double precision, with"
            + " numeric differences; train nothing.")
public final class GradcheckCommand implements Callable<Integer> {
  private final StopRequest stop;

  @Parameters(paramLabel = "JOB.yaml", description = "The job file.")
  private String file = "";

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Training rows to compute the gradient of; default: 8.")
  private int rows = 8;

  @Option(
      names = "--per-layer",
      paramLabel = "N",
      description = "Most parameters to compare in each layer; default: 64.")
  private int perLayer = 64;

  @Option(
      names = "--tolerance",
      paramLabel = "ERROR",
      description = "Largest relative error that passes; default: 1e-5.")
  private double tolerance = 1e-5;

  @Mixin private SparkOptions spark = new SparkOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  /** A command that ends early when {@code stop} asks for it. */
  public GradcheckCommand(StopRequest stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    OptionRules.requireCount("--rows", rows);
    OptionRules.requireCount("--per-layer", perLayer);
    if (!(tolerance > 0)) {
      throw new ConfigException("--tolerance", "must be above 0", tolerance);
    }
    JobConfig job = JobFiles.read(file, spark.overrides());
    GradcheckJob.Request request = new GradcheckJob.Request(rows, perLayer, tolerance);
    List<CheckedLayer> layers =
        spark.run(job.name(), stop, opened -> GradcheckJob.run(job, request, opened));
    PrintWriter out = spec.commandLine().getOut();
    out.print(GradcheckTable.of(layers, tolerance));
    out.flush();
    boolean passes = layers.stream().allMatch(layer -> GradcheckTable.passes(layer, tolerance));
    return (passes ? ExitCode.DONE : ExitCode.GATE_NOT_MET).number;
  }
}
