using System.Runtime.ExceptionServices;

namespace Republic.Core.Llama.Native;

/// <summary>
/// Work on a model so small that a second thread would not compute one of its graphs any faster (<see cref="ProcessorCores.IsSmall"/>):
/// it is cut into parts that are computed at the same time, one thread each.
/// </summary>
internal static class ParallelParts
{
    /// <inheritdoc cref="ProcessorCores.SmallModelParts"/>
    public const int Parts = ProcessorCores.SmallModelParts;

    public static bool Suits(long modelBytes) => ProcessorCores.IsSmall(modelBytes);

    /// <param name="parts">How many there are.</param>
    /// <param name="threads">How many may be computed at the same time.</param>
    /// <param name="compute">Computes the part of this number.</param>
    public static void Run(int parts, int threads, Action<int> compute)
    {
        if (parts == 1 || threads == 1)
        {
            for (var part = 0; part < parts; part++)
            {
                compute(part);
            }

            return;
        }

        try
        {
            Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = threads }, compute);
        }
        catch (AggregateException e)
        {
            // As one thread alone would have it.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
