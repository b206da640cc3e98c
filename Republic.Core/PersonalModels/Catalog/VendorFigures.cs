namespace Republic.Core.PersonalModels.Catalog;

/// <summary>The figures that a vendor publishes about a model, not measured here. Gigabytes are decimal.</summary>
public sealed record VendorFigures
{
    /// <summary>The quality, from 0 to 10.</summary>
    public required int Quality { get; init; }

    /// <summary>The speed, from 0 to 10.</summary>
    public required int Speed { get; init; }

    public required int SizeGb { get; init; }

    public required int RamGb { get; init; }

    /// <summary>The GPU memory that is asked for; null where none is.</summary>
    public int? VramGb { get; init; }

    public required int StorageGb { get; init; }

    /// <summary>The speed in words, such as <c>Very Fast</c>.</summary>
    public required string SpeedWord { get; init; }

    /// <summary>The need for a GPU in words, such as <c>GPU recommended</c>.</summary>
    public required string Gpu { get; init; }
}
