using System.Globalization;
using System.Text;
using Republic.Core.Providers;
using Republic.Core.Providers.Prices;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Routing;

namespace Republic.Tests.Unit.Providers;

public sealed class PriceTests
{
    private static readonly TokenPrice Usual = new(3, 15) { CachedInput = 0.3m, CacheWrite = 3.75m };

    [Theory]
    [InlineData("""{"prompt_tokens":1000,"completion_tokens":200}""", "0.006")]
    // Cached tokens are part of the prompt, and cost their own price.
    [InlineData("""{"prompt_tokens":1000,"completion_tokens":200,"prompt_tokens_details":{"cached_tokens":800}}""", "0.00384")]
    [InlineData(
        """{"prompt_tokens":1000,"completion_tokens":200,"prompt_tokens_details":{"cached_tokens":500,"cache_write_tokens":300}}""",
        "0.004875"
    )]
    // Thoughts are part of the answer.
    [InlineData("""{"prompt_tokens":1000,"completion_tokens":200,"completion_tokens_details":{"reasoning_tokens":150}}""", "0.006")]
    // An embedding has no answer.
    [InlineData("""{"prompt_tokens":1000,"total_tokens":1000}""", "0.003")]
    // What the provider says it charged counts.
    [InlineData("""{"prompt_tokens":1000,"completion_tokens":200,"cost":0.0123}""", "0.0123")]
    [InlineData("""{"prompt_tokens":1000,"completion_tokens":200,"cost":0}""", "0")]
    // What cannot be meant is not believed.
    [InlineData("""{"prompt_tokens":1000,"completion_tokens":200,"cost":-5}""", "0.006")]
    [InlineData("""{"prompt_tokens":1000,"completion_tokens":200,"cost":"1"}""", "0.006")]
    public void Each_kind_of_token_has_its_price(string usage, string cost)
    {
        var tokens = OpenAiUsage.Read(Encoding.UTF8.GetBytes($$"""{"choices":[],"usage":{{usage}}}"""));

        var bill = Bill.For(tokens, new KnownPrice(Usual, PriceSource.Table, default));

        Assert.Equal((decimal.Parse(cost, CultureInfo.InvariantCulture), false), (bill.Cost, bill.IsEstimate));
    }

    [Theory]
    [InlineData("""{"prompt_tokens":1000000000000000000,"completion_tokens":5}""")]
    [InlineData("""{"prompt_tokens":5,"completion_tokens":20000001}""")]
    [InlineData("""{"prompt_tokens":5,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":20000001}}""")]
    public void A_count_that_no_model_can_reach_is_no_count(string usage) =>
        Assert.Null(OpenAiUsage.Read(Encoding.UTF8.GetBytes($$"""{"choices":[],"usage":{{usage}}}""")));

    [Fact]
    public void What_is_not_known_is_not_nothing()
    {
        var known = new KnownPrice(Usual, PriceSource.Table, default);

        Assert.Null(Bill.For(new TokenCounts(10, 10), null).Cost);
        Assert.Null(Bill.For(null, known).Cost);
        Assert.Equal((0m, PriceSource.Local), (Bill.Nothing.Cost, Bill.Nothing.Source!.Value));
    }

    [Fact]
    public void A_count_of_our_own_makes_an_estimate() =>
        Assert.True(Bill.For(new TokenCounts(10, 10) { IsEstimate = true }, new KnownPrice(Usual, PriceSource.Table, default)).IsEstimate);

    [Fact]
    public void A_long_prompt_makes_the_whole_call_dearer()
    {
        var price = new TokenPrice(1, 10) { LongPrompt = new LongPromptPrice(200_000, new TokenPrice(2, 15)) };

        Assert.Equal(0.21m, price.CostOf(new TokenCounts(200_000, 1000)));
        Assert.Equal(0.415002m, price.CostOf(new TokenCounts(200_001, 1000)));
        Assert.Equal(0.415002m, price.MostFor(200_001, 1000));
    }

    [Fact]
    public void The_most_a_prompt_can_cost_is_all_of_it_written_to_the_cache() => Assert.Equal(3.75m, Usual.MostFor(1_000_000, 0));

    [Theory]
    [InlineData("openai", "gpt-4.1-mini", true)]
    [InlineData("openai", "gpt-4.1-mini-2025-04-14", true)]
    [InlineData("anthropic", "claude-sonnet-4-5-20250929", true)]
    [InlineData("anthropic", "claude-3-5-haiku-latest", true)]
    [InlineData("google", "models/gemini-2.5-flash", true)]
    // Of the same family is not the same.
    [InlineData("openai", "gpt-4.1-mini-high", false)]
    [InlineData("openai", "gpt-4.1-mini-4", false)]
    [InlineData("openai", "gpt-4", false)]
    [InlineData("groq", "gpt-4.1-mini", false)]
    public void A_model_has_the_price_of_its_own_name_and_of_no_other(string provider, string model, bool isKnown) =>
        Assert.Equal(isKnown, PriceTable.Embedded().Find(provider, model) is not null);

    [Fact]
    public void Every_row_of_the_table_names_a_provider_its_source_and_its_day()
    {
        var (catalog, table) = (ProviderCatalog.Embedded(), PriceTable.Embedded());

        Assert.All(
            table.Rows,
            row =>
            {
                Assert.NotNull(catalog.Find(row.Provider));
                Assert.Equal("https", row.Source.Scheme);
                Assert.InRange(row.AsOf, new DateOnly(2025, 1, 1), DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
                Assert.True(row.Price.Input > 0 && row.Price.Output >= 0 && !(row.Price.CachedInput > row.Price.Input), row.Model);
            }
        );
    }

    [Fact]
    public void What_somebody_set_comes_before_what_is_published()
    {
        var (book, catalog, mira) = (new PriceBook(PriceTable.Embedded()), ProviderCatalog.Embedded(), Guid.CreateVersion7());
        var target = new ModelTarget(catalog.Find("openai")!, "gpt-4.1-mini", null, null);
        Assert.Equal(PriceSource.Table, book.Find(mira, target)!.Source);

        book.Take([Set(null, 7), Set(mira, 5)]);

        Assert.Equal((5m, PriceSource.Own), (book.Find(mira, target)!.Price.Input, book.Find(mira, target)!.Source));
        Assert.Equal(7, book.Find(Guid.CreateVersion7(), target)!.Price.Input);
        Assert.Equal(7, book.Find(null, target)!.Price.Input);
    }

    [Fact]
    public void A_published_price_is_for_the_providers_own_address_alone()
    {
        var (book, catalog) = (new PriceBook(PriceTable.Embedded()), ProviderCatalog.Embedded());
        var elsewhere = new ModelTarget(catalog.Find("openai")!, "gpt-4.1-mini", new Uri("https://proxy.example/v1"), null);

        Assert.Null(book.Find(null, elsewhere));
        Assert.Equal(0, book.Find(null, new ModelTarget(catalog.Find("local")!, "sprout", null, null))!.Price.Input);
    }

    private static PriceOverride Set(Guid? owner, decimal input) =>
        new()
        {
            OwnerId = owner,
            Provider = "openai",
            Model = "gpt-4.1-mini",
            Input = input,
            Output = 1,
            SetAt = TimeProvider.System.GetUtcNow(),
        };
}
