package io.evenstep.driver.study;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.driver.data.pack.PackRows;
import io.evenstep.driver.data.pack.Packer;
import io.evenstep.driver.run.StartingNetwork;
import io.evenstep.model.engine.ClassWeights;
import io.evenstep.model.gradcheck.CheckedLayer;
import io.evenstep.model.gradcheck.GradientCheck;
import io.evenstep.model.network.Networks;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.dl4j.Network;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Compares the gradient of a job's network on its own rows with numeric differences. */
public final class GradcheckJob {
  private GradcheckJob() {}

  /**
   * What to check.
   *
   * @param rows training rows to use, at least 1
   * @param perLayer most parameters to compare in each layer, at least 1
   * @param tolerance largest relative error that passes, above 0
   */
  public record Request(int rows, int perLayer, double tolerance) {}

  /**
   * Packs the job's rows, builds its network and compares the gradients.
   *
   * @return one entry for each layer that learns, in order
   * @throws io.evenstep.model.ConfigException when the job is invalid
   * @throws io.evenstep.model.DataException when the data cannot be used
   */
  public static List<CheckedLayer> run(JobConfig job, Request request, SparkSession spark) {
    Pack pack = Packer.pack(spark, job.data(), new Path(job.packs()));
    StartingNetwork start =
        StartingNetwork.of(
            job, pack.index().encoding(), pack.index().train().rows(), ClassWeights.NONE);
    Network network = Networks.restore(start.model().zip(), Clipping.NONE, job.allowedTypes());
    GradientCheck.Settings settings =
        new GradientCheck.Settings(request.perLayer(), request.tolerance(), job.seed());
    return PackRows.first(
        pack,
        start.model().encoding().decoder(),
        request.rows(),
        spark.sparkContext().hadoopConfiguration(),
        rows -> GradientCheck.run(network, rows, settings));
  }
}
