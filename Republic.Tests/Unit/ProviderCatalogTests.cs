using Republic.Core.Providers;
using Republic.Core.Providers.Protocols;
using Republic.Core.Providers.Protocols.Anthropic;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Upstream;
using Republic.Tests.Architecture;
using Republic.Tests.World;

namespace Republic.Tests.Unit;

public sealed class ProviderCatalogTests
{
    private readonly ProviderCatalog catalog = ProviderCatalog.Embedded();

    [Theory]
    [InlineData(
        "nvidia",
        "NVIDIA",
        "NVIDIA hosted models",
        "smart_toy",
        "#76B900",
        "https://integrate.api.nvidia.com/v1",
        KeyNeed.Required
    )]
    [InlineData("openai", "OpenAI", "OpenAI GPT models", "psychology", "#00A67E", "https://api.openai.com/v1", KeyNeed.Required)]
    [InlineData("anthropic", "Anthropic", "Anthropic Claude models", "robot_2", "#D97706", "https://api.anthropic.com", KeyNeed.Required)]
    [InlineData(
        "huggingface",
        "Hugging Face",
        "Hugging Face models",
        "favorite",
        "#FF6B6B",
        "https://router.huggingface.co/v1",
        KeyNeed.Required
    )]
    [InlineData("ollama", "Ollama", "Local Ollama models", "computer", "#4ECDC4", "http://localhost:11434/v1", KeyNeed.None)]
    [InlineData("custom", "Custom", "User-defined models", "settings", "#6B7280", null, KeyNeed.Optional)]
    [InlineData("local", "Local", "Models that run inside Republic itself", "home", null, "http://model-host/v1", KeyNeed.None)]
    public void Every_provider_is_there_as_described(
        string name,
        string displayName,
        string description,
        string icon,
        string? color,
        string? baseUrl,
        KeyNeed key
    )
    {
        var row = catalog.Find(name);

        Assert.NotNull(row);
        Assert.Equal((displayName, description, icon, key), (row.DisplayName, row.Description, row.Icon, row.Key));
        Assert.Equal(color ?? row.Color, row.Color);
        Assert.Matches("^#[0-9A-F]{6}$", row.Color);
        Assert.Equal(baseUrl, row.BaseUrl?.OriginalString);
    }

    [Theory]
    [InlineData(
        "openrouter",
        "OpenRouter",
        "Models of many providers through one key",
        "hub",
        "#6467F2",
        "https://openrouter.ai/api/v1",
        KeyNeed.Required
    )]
    [InlineData(
        "google",
        "Google",
        "Google Gemini models",
        "stars",
        "#4285F4",
        "https://generativelanguage.googleapis.com/v1beta/openai",
        KeyNeed.Required
    )]
    [InlineData("groq", "Groq", "Open models on Groq's own chips", "speed", "#F55036", "https://api.groq.com/openai/v1", KeyNeed.Required)]
    [InlineData("deepseek", "DeepSeek", "DeepSeek models", "waves", "#4D6BFE", "https://api.deepseek.com/v1", KeyNeed.Required)]
    [InlineData(
        "togetherai",
        "Together AI",
        "Open models hosted by Together AI",
        "diversity_3",
        "#0F6FFF",
        "https://api.together.xyz/v1",
        KeyNeed.Required
    )]
    [InlineData(
        "lmstudio",
        "LM Studio",
        "Local LM Studio models",
        "desktop_windows",
        "#7C5CFC",
        "http://localhost:1234/v1",
        KeyNeed.Optional
    )]
    [InlineData("vllm", "vLLM", "Models on a vLLM server of your own", "dns", "#30A2FF", "http://localhost:8000/v1", KeyNeed.Optional)]
    public void Vendors_that_speak_a_known_protocol_are_rows(
        string name,
        string displayName,
        string description,
        string icon,
        string color,
        string baseUrl,
        KeyNeed key
    ) => Every_provider_is_there_as_described(name, displayName, description, icon, color, baseUrl, key);

    [Fact]
    public void They_stand_in_the_seeds_order_with_local_last() =>
        Assert.Equal(
            [
                "nvidia",
                "openai",
                "anthropic",
                "huggingface",
                "ollama",
                "custom",
                "openrouter",
                "google",
                "groq",
                "deepseek",
                "togetherai",
                "lmstudio",
                "vllm",
                "local",
            ],
            catalog.Rows.Select(row => row.Name)
        );

    [Fact]
    public void Every_row_names_a_protocol_that_a_class_speaks()
    {
        IModelProtocol[] spoken = [new OpenAiProtocol(), new AnthropicProtocol(TimeProvider.System)];

        Assert.All(catalog.Rows, row => Assert.Contains(row.Protocol, spoken.Select(protocol => protocol.Name)));
        Assert.Equal(spoken.Select(protocol => protocol.Name).Order(), Wire.All.Select(wire => wire.Protocol).Order());
    }

    [Fact]
    public void Every_row_has_its_colour_in_the_style_sheet_and_its_icon_in_the_sprite()
    {
        var css = File.ReadAllText(Path.Combine(SourceFile.Root, "wwwroot/css/base.css"));
        var icons = File.ReadAllText(Path.Combine(SourceFile.Root, "wwwroot/lib/icons.svg"));

        Assert.All(
            catalog.Rows.Where(row => row.Transport == ProviderTransport.Internet),
            row => Assert.Contains($"[data-provider=\"{row.Name}\"] {{ --mark: {row.Color.ToLowerInvariant()}; }}", css)
        );
        Assert.All(catalog.Rows, row => Assert.Contains($"id=\"{row.Icon}\"", icons));
    }

    [Fact]
    public void No_row_lets_an_outside_client_choose_where_a_call_goes()
    {
        string[] steering = ["api_base", "base_url", "api_key", "user_config", "model", "messages", "stream", "headers", "extra_headers"];

        Assert.All(catalog.Rows, row => Assert.Empty(row.PassThrough.Intersect(steering)));
    }

    [Fact]
    public void Only_what_runs_elsewhere_can_be_pointed_elsewhere() =>
        Assert.Equal(["local"], catalog.Rows.Where(row => !row.TakesBaseUrl).Select(row => row.Name));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("OpenAI")]
    [InlineData("nobody")]
    public void An_unknown_name_finds_nothing(string? name) => Assert.Null(catalog.Find(name));

    [Fact]
    public void A_target_in_a_message_never_shows_its_key()
    {
        var target = new ModelTarget(catalog.Find("openai")!, "gpt", new Uri("https://example.com/secret-path"), "sk-canary-7f3a");

        Assert.Equal("openai/gpt", $"{target}");
    }
}
