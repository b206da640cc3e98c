using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Refining.Duplicates;
using Republic.Web.Pages.Datasets;

namespace Republic.Tests.Unit.Pages.Datasets;

public sealed class DatasetSentenceTests
{
    [Fact]
    public void It_says_what_is_usable_and_what_became_of_the_rest()
    {
        var counts = new RowCounts
        {
            Rows = 200_000,
            Samples = 160_044,
            Malformed = 1_039,
            ExactDuplicates = 20_012,
            NearDuplicates = 18_900,
            TooShort = 3,
            TooLong = 2,
        };

        Assert.Equal(
            "160,044 usable of 200,000 rows. 1,039 are malformed, 38,912 repeat earlier ones and 5 are too short or too long.",
            DatasetSentence.Of(counts)
        );
    }

    [Theory]
    [InlineData(0, 0, 0, "It has no rows.")]
    [InlineData(1, 1, 0, "The one row is usable.")]
    [InlineData(260, 260, 0, "All 260 rows are usable.")]
    [InlineData(2, 1, 1, "1 usable of 2 rows. 1 is malformed.")]
    [InlineData(1, 0, 1, "The one row is not usable. 1 is malformed.")]
    [InlineData(2, 0, 2, "None of the 2 rows is usable. 2 are malformed.")]
    public void Small_and_whole_numbers_read_well(int rows, int samples, int malformed, string sentence) =>
        Assert.Equal(
            sentence,
            DatasetSentence.Of(
                new RowCounts
                {
                    Rows = rows,
                    Samples = samples,
                    Malformed = malformed,
                }
            )
        );

    [Fact]
    public void Every_row_of_the_counts_stands_in_the_bar()
    {
        var counts = new RowCounts
        {
            Rows = 36,
            Samples = 1,
            Malformed = 2,
            ExactDuplicates = 3,
            NearDuplicates = 4,
            TooShort = 5,
            TooLong = 6,
            LowQuality = 7,
            Dropped = 8,
        };

        var parts = CountPart.Of(counts, new RefinerySettings());

        Assert.True(counts.AddUp);
        Assert.Equal(counts.Rows, parts.Sum(part => part.Count));
    }
}
