using Microsoft.Extensions.Options;
using Republic.Core.Host;

namespace Republic.Tests.World;

internal static class IdleThreads
{
    /// <summary>Of a node where nothing trains.</summary>
    public static ThreadScheduler New() => new(Options.Create(new ModelHostOptions()));
}
