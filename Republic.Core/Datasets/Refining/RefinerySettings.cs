namespace Republic.Core.Datasets.Refining;

/// <summary>Which rows of a source become samples.</summary>
public sealed record RefinerySettings
{
    public const int LongestText = 1_000_000;

    /// <summary>Characters (code points) of all prompts and answers of a row together, the system text left out.</summary>
    public int MinTextLength { get; init; } = 10;

    public int MaxTextLength { get; init; } = 10_000;

    /// <summary>
    /// The Jaccard similarity, |A ∩ B| / |A ∪ B| of two rows' sets of three successive words, from which the later row repeats
    /// the earlier. 0 keeps all near duplicates.
    /// </summary>
    public double NearDuplicateThreshold { get; init; } = 0.7;

    /// <summary>The least <see cref="RowQuality"/>; 0 keeps every row.</summary>
    public double MinQuality { get; init; }

    /// <summary>
    /// The share of the groups of samples that is held out to measure with. Null takes a tenth, and up to a quarter where that is too few
    /// to tell better from chance.
    /// </summary>
    public double? ValidationShare { get; init; }

    /// <summary>Of the choice of those held out.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Null when every value is possible; else which are not, and what is.</summary>
    public Failure? Validate()
    {
        var errors = new List<FieldError>();
        void Require(bool fact, string field, object given, string possible)
        {
            if (!fact)
            {
                errors.Add(new FieldError(field, FormattableString.Invariant($"{field} is {given}; {possible}.")));
            }
        }

        Require(
            MinTextLength is >= 0 and <= LongestText,
            "min_text_length",
            MinTextLength,
            FormattableString.Invariant($"0 to {LongestText:n0} characters are possible, 10 is usual")
        );
        Require(
            MaxTextLength <= LongestText && MaxTextLength >= MinTextLength,
            "max_text_length",
            MaxTextLength,
            FormattableString.Invariant($"from min_text_length to {LongestText:n0} characters are possible, 10,000 is usual")
        );
        Require(
            NearDuplicateThreshold is 0 or (>= 0.5 and <= 1),
            "near_duplicate_threshold",
            NearDuplicateThreshold,
            "0.5 to 1 is possible, 0.7 is usual, and 0 keeps all near duplicates"
        );
        Require(MinQuality is >= 0 and <= 1, "min_quality", MinQuality, "0 to 1 is possible, and 0 keeps every row");
        Require(
            ValidationShare is null or (>= 0 and <= 0.5),
            "validation_share",
            ValidationShare ?? 0,
            "0 to 0.5 of the samples is possible"
        );
        return errors.Count == 0 ? null : Failure.Invalid(errors);
    }
}
