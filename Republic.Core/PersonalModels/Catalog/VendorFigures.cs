namespace Republic.Core.PersonalModels.Catalog;

/// <summary>What a vendor says of a model, unmeasured here. Gigabytes are decimal.</summary>
public sealed record VendorFigures
{
    /// <summary>Of 10.</summary>
    public required int Quality { get; init; }

    /// <summary>Of 10.</summary>
    public required int Speed { get; init; }

    public required int SizeGb { get; init; }

    public required int RamGb { get; init; }

    /// <summary>Null where none is asked for.</summary>
    public int? VramGb { get; init; }

    public required int StorageGb { get; init; }

    /// <summary>E.g. <c>Very Fast</c>.</summary>
    public required string SpeedWord { get; init; }

    /// <summary>E.g. <c>GPU recommended</c>.</summary>
    public required string Gpu { get; init; }
}
