using Republic.Core.Providers;
using Republic.Core.Providers.Listings;

namespace Republic.Tests.Unit.Providers;

public sealed class ShutdownTableTests
{
    private readonly ShutdownTable table = ShutdownTable.Embedded();

    [Fact]
    public void Every_row_names_a_known_provider_and_where_it_was_announced()
    {
        var catalog = ProviderCatalog.Embedded();
        Assert.NotEmpty(table.Rows);
        Assert.All(
            table.Rows,
            row =>
            {
                Assert.NotNull(catalog.Find(row.Provider));
                Assert.NotEmpty(row.Models);
                Assert.Equal("https", row.Source.Scheme);
                Assert.True(row.AsOf > new DateOnly(2026, 1, 1));
                Assert.True(row.Replacement is null || table.Find(row.Provider, row.Replacement) is null);
            }
        );
        Assert.Distinct(table.Rows.SelectMany(row => row.Models.Select(model => (row.Provider, model))));
    }

    [Fact]
    public void No_default_model_is_about_to_end() =>
        Assert.All(
            ProviderCatalog.Embedded().Rows.Where(row => row.DefaultModel is not null),
            row => Assert.Null(table.Find(row.Name, row.DefaultModel!))
        );

    [Theory]
    [InlineData(54, "ends on 14 Jan 2027, in 54 days")]
    [InlineData(1, "ends on 14 Jan 2027, tomorrow")]
    [InlineData(0, "ended on 14 Jan 2027")]
    public void An_end_is_said_in_words(int days, string text) =>
        Assert.Equal(text, new ModelDeprecation(new DateOnly(2027, 1, 14), days, null, null).Text);
}
