package io.evenstep.model.nd4j;

import java.lang.ref.Reference;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BroadcastOp;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.IndexAccumulation;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.RandomOp;
import org.nd4j.linalg.api.ops.ReduceOp;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.api.ops.impl.summarystats.Variance;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.cpu.nativecpu.ops.NativeOpExecutioner;

/**
 * ND4J's executioner, changed so that an operation and its arrays stay reachable until the native
 * call is over.
 *
 * <p>ND4J takes the native buffers out of an operation's arrays and does not use the operation
 * after that. A garbage collection at that moment frees arrays that nothing else refers to, such as
 * the small one with the dimensions, while native code reads them: the process dies with SIGSEGV in
 * {@code sd::DataBuffer::primary()}. Each override only adds the fence.
 */
public final class FencedExecutioner extends NativeOpExecutioner {
  @Override
  public INDArray exec(Op op) {
    try {
      return super.exec(op);
    } finally {
      Reference.reachabilityFence(op);
    }
  }

  @Override
  public INDArray exec(Op op, OpContext context) {
    try {
      return super.exec(op, context);
    } finally {
      fence(op, context);
    }
  }

  @Override
  public INDArray exec(IndexAccumulation op, OpContext context) {
    try {
      return super.exec(op, context);
    } finally {
      fence(op, context);
    }
  }

  @Override
  public INDArray exec(Variance op) {
    try {
      return super.exec(op);
    } finally {
      Reference.reachabilityFence(op);
    }
  }

  @Override
  public INDArray exec(ReduceOp op, OpContext context) {
    try {
      return super.exec(op, context);
    } finally {
      fence(op, context);
    }
  }

  @Override
  public INDArray exec(ScalarOp op, OpContext context) {
    try {
      return super.exec(op, context);
    } finally {
      fence(op, context);
    }
  }

  @Override
  public INDArray exec(BroadcastOp op, OpContext context) {
    try {
      return super.exec(op, context);
    } finally {
      fence(op, context);
    }
  }

  @Override
  public INDArray exec(RandomOp op, OpContext context, Random random) {
    try {
      return super.exec(op, context, random);
    } finally {
      fence(op, context);
      Reference.reachabilityFence(random);
    }
  }

  @Override
  public INDArray[] exec(CustomOp op) {
    try {
      return super.exec(op);
    } finally {
      Reference.reachabilityFence(op);
    }
  }

  @Override
  public INDArray[] exec(CustomOp op, OpContext context) {
    try {
      return super.exec(op, context);
    } finally {
      fence(op, context);
    }
  }

  private static void fence(Object op, @org.jspecify.annotations.Nullable OpContext context) {
    Reference.reachabilityFence(op);
    Reference.reachabilityFence(context);
  }
}
