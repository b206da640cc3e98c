namespace Republic.Core.Jobs;

/// <summary>This start of the server among those that share its database: in the queue, and in the jobs that it works on.</summary>
internal sealed class JobNode
{
    public string Name { get; } = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.CreateVersion7():N}";
}
