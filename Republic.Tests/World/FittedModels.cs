using Microsoft.Extensions.Options;
using Republic.Core.Host;
using Republic.Core.Llama.Memory;
using Republic.Core.PersonalModels.Fitting;
using Republic.Core.Providers;

namespace Republic.Tests.World;

/// <summary>Verdicts about models in a memory that a test makes up.</summary>
internal static class FittedModels
{
    public const long GiB = 1L << 30;

    public static ModelFits With(int contextLength = 4096, int sequences = 4) =>
        new(
            Options.Create(new ModelHostOptions { ContextLength = contextLength, Sequences = sequences }),
            new HostModels(new NoModelHost(), IdleThreads.New(), TimeProvider.System)
        );

    /// <param name="budget">Null: as much as the machine has.</param>
    public static ModelMemory Memory(long free, long total, long? budget = null, HostLoad? load = null) =>
        new(new MachineMemory(free, total), load ?? HostLoad.None, budget ?? total);
}
