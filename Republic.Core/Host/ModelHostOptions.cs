using System.ComponentModel.DataAnnotations;

namespace Republic.Core.Host;

/// <summary>The settings <c>ModelHost:*</c>. 0 takes what suits the machine.</summary>
public sealed class ModelHostOptions
{
    public const int DefaultKeepAliveMinutes = 30;
    public const int MaxKeepAliveMinutes = 7 * 24 * 60;
    public const int MinContextLength = 256;
    public const int MaxContextLength = 1 << 20;

    /// <summary>False starts no model host; requests to local models are then refused.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The program to start instead of this one: the executable, or <c>republic.dll</c>.</summary>
    public string? Executable { get; set; }

    /// <summary>Folders with models that everybody here may use, beside <c>models</c> in the data folder.</summary>
    public IReadOnlyList<string> Folders { get; set; } = [];

    /// <summary>Threads that compute.</summary>
    [Range(0, 512, ErrorMessage = "ModelHost:Threads has to be from 0 to 512.")]
    public int Threads { get; set; }

    /// <summary>Tokens that a conversation with a local model may have, unless the model was trained on fewer.</summary>
    [Range(MinContextLength, MaxContextLength, ErrorMessage = "ModelHost:ContextLength has to be from 256 to 1048576 tokens.")]
    public int ContextLength { get; set; } = 4096;

    /// <summary>How many answers of one model are written at a time.</summary>
    [Range(1, 64, ErrorMessage = "ModelHost:Sequences has to be from 1 to 64.")]
    public int Sequences { get; set; } = 4;

    /// <summary>How many requests to one model may wait.</summary>
    [Range(1, 10_000, ErrorMessage = "ModelHost:QueueLength has to be from 1 to 10000.")]
    public int QueueLength { get; set; } = 64;

    /// <summary>Minutes without a request after which a model is unloaded, where its owner chose nothing else.</summary>
    [Range(1, MaxKeepAliveMinutes, ErrorMessage = "ModelHost:KeepAliveMinutes has to be from 1 to 10080, which are 7 days.")]
    public int KeepAliveMinutes { get; set; } = DefaultKeepAliveMinutes;

    /// <summary>What all loaded models may take together; 0 is half of the machine's memory.</summary>
    [Range(0, int.MaxValue, ErrorMessage = "ModelHost:MemoryMegabytes has to be 0 or more.")]
    public int MemoryMegabytes { get; set; }

    /// <summary>The same in bytes.</summary>
    public long MemoryBytes => BudgetOf(MemoryMegabytes);

    /// <summary>
    /// What a training run may take, apart from its base model's file; 0 is half of the machine's memory. One that needs more
    /// computes fewer rows at a time.
    /// </summary>
    [Range(0, int.MaxValue, ErrorMessage = "ModelHost:TrainingMemoryMegabytes has to be 0 or more.")]
    public int TrainingMemoryMegabytes { get; set; }

    /// <summary>How long a training run rests after each step, so that the machine is free for others and cools; 0 does not rest.</summary>
    [Range(0, 60_000, ErrorMessage = "ModelHost:TrainingRestMilliseconds has to be from 0 to 60000.")]
    public int TrainingRestMilliseconds { get; set; }

    /// <summary>Loopback with a secret instead of a Unix socket, as on Windows.</summary>
    public bool UseLoopback { get; set; } = OperatingSystem.IsWindows();

    /// <summary>What all loaded models may take together, in bytes; 0 megabytes are half of the machine's memory.</summary>
    public static long BudgetOf(long megabytes) => megabytes > 0 ? megabytes << 20 : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
}
