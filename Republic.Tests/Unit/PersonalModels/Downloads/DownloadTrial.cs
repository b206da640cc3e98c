using System.Security.Cryptography;
using Republic.Core;
using Republic.Core.PersonalModels.Downloads;
using Republic.Core.PersonalModels.Sources;
using Republic.Core.Security;
using Republic.Tests.World;

namespace Republic.Tests.Unit.PersonalModels.Downloads;

/// <summary>Downloads from a loopback server into a folder of their own. A wait is over as soon as it is told of.</summary>
internal sealed class DownloadTrial : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-download-");
    private readonly SourceClient sources;
    private bool hasWaited;

    public DownloadTrial(int bytes = 3_000_000, OutboundGuard? guard = null)
    {
        Source = new FileSource(Bytes(bytes));
        OnWait = () => Waits.Add(Time.PassToNext());
        sources = new SourceClient(guard ?? Guards.New(new OutboundOptions { AllowPrivateNetworks = true }), Time);
    }

    public FileSource Source { get; }

    public ManualTime Time { get; } = new();

    public string Path => System.IO.Path.Combine(folder.FullName, "models", "one.part");

    public DownloadOrder Order => new(Source.Url, Path, MaxBytes: 1 << 30);

    public List<DownloadProgress> Reports { get; } = [];

    /// <summary>How long each wait was, before whatever was tried next.</summary>
    public List<TimeSpan> Waits { get; } = [];

    /// <summary>What happens when a wait is told of.</summary>
    public Action OnWait { get; set; }

    public IEnumerable<string> Waiting => Reports.Where(IsWaiting).Select(report => report.Waiting!).Distinct();

    public static byte[] Bytes(int count, ulong seed = 1)
    {
        var bytes = new byte[count];
        var random = new SeededRandom(seed);
        for (var i = 0; i < count; i++)
        {
            bytes[i] = (byte)random.Next(256);
        }

        return bytes;
    }

    public static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>As if an earlier start had received so much.</summary>
    public void Have(int bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllBytes(Path, Source.Content[..bytes]);
    }

    public Task<DownloadResult> RunAsync(DownloadOrder? order = null, CancellationToken? ct = null) =>
        new ModelDownload(sources, Time).RunAsync(order ?? Order, Hear, ct ?? TestContext.Current.CancellationToken);

    /// <summary>The file is there, byte for byte, and its hash is right.</summary>
    public void AssertWhole(DownloadResult result)
    {
        Assert.True(result.IsWhole, result.Message);
        Assert.Equal(Source.Content, File.ReadAllBytes(Path));
        Assert.Equal((Source.Content.Length, Digest(Source.Content)), (result.File.Bytes, result.File.Sha256));
    }

    public async ValueTask DisposeAsync()
    {
        sources.Dispose();
        await Source.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private void Hear(DownloadProgress progress)
    {
        Reports.Add(progress);
        if (IsWaiting(progress) && !hasWaited)
        {
            hasWaited = true;
            OnWait();
        }

        hasWaited = IsWaiting(progress);
    }

    private static bool IsWaiting(DownloadProgress progress) => progress.Waiting?.StartsWith("Waiting", StringComparison.Ordinal) == true;
}
