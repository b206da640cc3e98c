using Microsoft.Playwright;
using Republic.Tests.World;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Republic.Tests.World;

/// <summary>One Chromium for all tests, started when the first of them asks: the system's, or the one that <c>REPUBLIC_TEST_CHROMIUM</c> names.</summary>
public sealed class Browser : IAsyncDisposable
{
    private const string System = "/usr/bin/chromium";
    private readonly SemaphoreSlim turn = new(1, 1);
    private IPlaywright? playwright;
    private IBrowser? chromium;

    // The tests' machine may be busy; no test waits this long for what works.
    static Browser() => Assertions.SetDefaultExpectTimeout(60_000);

    /// <summary>A window of its own, with its own cookies; of a phone, where that is touched.</summary>
    public async Task<Tab> OpenAsync(Uri address, bool javaScript = true, bool isTouched = false)
    {
        await turn.WaitAsync();
        try
        {
            playwright ??= await Playwright.CreateAsync();
            chromium ??= await playwright.Chromium.LaunchAsync(
                new BrowserTypeLaunchOptions
                {
                    ExecutablePath = Environment.GetEnvironmentVariable("REPUBLIC_TEST_CHROMIUM") ?? System,
                    Args = ["--no-sandbox", "--disable-dev-shm-usage"],
                }
            );
        }
        finally
        {
            turn.Release();
        }

        var context = await chromium.NewContextAsync(
            new BrowserNewContextOptions
            {
                BaseURL = address.ToString(),
                JavaScriptEnabled = javaScript,
                ViewportSize = isTouched ? new ViewportSize { Width = 390, Height = 844 } : new ViewportSize { Width = 1280, Height = 900 },
                HasTouch = isTouched,
                IsMobile = isTouched,
                ReducedMotion = ReducedMotion.Reduce,
            }
        );
        context.SetDefaultTimeout(60_000);
        return await Tab.OpenAsync(context, address);
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null)
        {
            await chromium.DisposeAsync();
        }

        playwright?.Dispose();
        turn.Dispose();
    }
}
