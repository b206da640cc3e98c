namespace Republic.Web.Cli.Remote;

/// <summary>What was measured when a model was loaded and asked for the first time.</summary>
internal sealed record RemoteMeasures(
    double? LoadS,
    double? FirstTokenMs,
    double? TokensPerS,
    long? RamBytes,
    long? VramBytes,
    int? GpuLayers
);
