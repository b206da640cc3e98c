using NpgsqlTypes;
using Republic.Core.Data;

namespace Republic.Core.Knowledge;

/// <summary>A piece of a document that is found and cited as one.</summary>
public sealed class Passage : IOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid OwnerId { get; init; }

    public required Guid CollectionId { get; init; }

    public required Guid DocumentId { get; init; }

    /// <summary>Its place in the document, from 0.</summary>
    public required int Ordinal { get; set; }

    /// <summary>Where it begins in the document's text, in UTF-16 units.</summary>
    public required int Start { get; set; }

    public required int Length { get; set; }

    /// <summary>The headings that it stands below, e.g. <c>Proxies › nginx</c>.</summary>
    public string? Heading { get; set; }

    /// <summary>From 1; null where the format has no pages.</summary>
    public int? Page { get; set; }

    /// <summary>As it is searched and cited; other than the document's where a person edited it.</summary>
    public required string Text { get; set; }

    public bool IsEdited { get; set; }

    /// <summary>SHA-256 of <see cref="Embedded"/>: the same content is embedded once.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>The document's.</summary>
    public required string Language { get; set; }

    /// <summary>Words of scripts without spaces in heading and text: <see cref="CjkBigrams.Indexed"/>.</summary>
    public required string[] Bigrams { get; set; }

    /// <summary>Computed by the database: <see cref="SearchColumn"/>.</summary>
    public NpgsqlTsVector Search { get; private set; } = null!;

    /// <summary>What a vector is made of.</summary>
    public string Embedded => EmbeddedOf(Heading, Text);

    public static string EmbeddedOf(string? heading, string text) => string.IsNullOrEmpty(heading) ? text : $"{heading}\n\n{text}";

    public static byte[] HashOf(string? heading, string text) =>
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(EmbeddedOf(heading, text)));
}
