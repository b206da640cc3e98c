namespace Republic.Web.Cli.Remote;

/// <summary>The figures of a model's last test on the server.</summary>
internal sealed record RemoteMeasurement(
    double? LoadS,
    double? FirstTokenMs,
    double? TokensPerS,
    long? RamBytes,
    long? VramBytes,
    int? GpuLayers
);
