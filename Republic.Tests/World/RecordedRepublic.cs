using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Republic.Tests.World;

/// <summary>A republic that records what its database is asked.</summary>
public sealed class RecordedRepublic(TestDatabases databases) : RunningRepublic(databases)
{
    private readonly Recorder recorder = new();

    /// <summary>What it was asked while something was done: SQL that names the table.</summary>
    public async Task<IReadOnlyList<string>> AskedAsync(string table, Func<Task> done)
    {
        recorder.Commands.Clear();
        await done();
        return [.. recorder.Commands.Where(command => command.Contains(table, StringComparison.Ordinal))];
    }

    protected override void Arrange(IServiceCollection services) => services.AddSingleton<IInterceptor>(recorder);

    private sealed class Recorder : DbCommandInterceptor
    {
        public ConcurrentQueue<string> Commands { get; } = new();

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        )
        {
            Commands.Enqueue(command.CommandText);
            return ValueTask.FromResult(result);
        }
    }
}
