using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Refining.Duplicates;

namespace Republic.Tests.Unit.Datasets;

/// <summary>Whatever is uploaded, it is refused with a reason or every row of it is accounted for.</summary>
public sealed class AnyBytesTests
{
    private static readonly string[] Pieces =
    [
        "{\"prompt\":\"",
        "\",\"completion\":\"",
        "\"}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"",
        "\"},{\"role\":\"assistant\",\"content\":\"",
        "\"}]}",
        "\n",
        "\r\n",
        "\"",
        "\"\"",
        "\\",
        "\\ud83d",
        "\\u0000",
        "\0",
        ",",
        "[",
        "]",
        "{",
        "}",
        "\uFEFF",
        "prompt,answer\n",
        "a few words of text",
        "é𝄞",
        " ",
    ];

    [Fact]
    public void Random_bytes_are_accounted_for() => Check(Gen.Choose(0, 255).Select(value => new[] { (byte)value }));

    [Fact]
    public void Pieces_of_rows_in_any_order_are_accounted_for() => Check(Gen.Elements(Pieces).Select(Encoding.UTF8.GetBytes));

    [Fact]
    public void Pieces_of_rows_among_random_bytes_are_accounted_for() =>
        Check(
            Gen.Frequency(
                (9, Gen.Elements(Pieces).Select(Encoding.UTF8.GetBytes)),
                (1, Gen.Choose(0, 255).Select(value => new[] { (byte)value }))
            )
        );

    private static void Check(Gen<byte[]> pieces) =>
        Prop.ForAll(pieces.ListOf().Select(list => list.SelectMany(piece => piece).ToArray()).ToArbitrary(), IsAccountedFor)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(200));

    private static bool IsAccountedFor(byte[] bytes)
    {
        using var source = new Source(bytes);
        var outcome = source.Run(new RefinerySettings { MinTextLength = 3 }, into: source.NewFolder());
        if (!outcome.Ok)
        {
            return outcome.Failure.Message.Length > 0 && source.Entries.Count == 1;
        }

        using var version = Republic.Core.Datasets.Versions.VersionReader.Open(Path.Combine(Path.GetDirectoryName(source.Path)!, "v1"));
        var counts = outcome.Value.Counts;
        return counts.AddUp
            && version.Rows(0, 1000).Count == counts.Samples
            && version.Rejected(0, 1000).Rows.Count == counts.Malformed + counts.TooShort + counts.TooLong + counts.LowQuality
            && version.Clusters(0, 1000, 1000).Clusters.Sum(cluster => cluster.Repeats.Count)
                == counts.ExactDuplicates + counts.NearDuplicates;
    }
}
