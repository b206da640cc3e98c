using Microsoft.Playwright;
using Republic.Tests.World;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Republic.Tests.World;

/// <summary>
/// One Chromium for all tests, started when the first of them asks: the one that <c>REPUBLIC_TEST_CHROMIUM</c> names, or the system's,
/// without a window system where that is installed, since it costs less.
/// </summary>
public sealed class Browser : IAsyncDisposable
{
    private const string Shell = "/usr/bin/chromium-headless-shell";
    private const string System = "/usr/bin/chromium";
    private readonly SemaphoreSlim turn = new(1, 1);
    private IPlaywright? playwright;
    private IBrowser? chromium;

    // The tests' machine may be busy; no test waits this long for what works.
    static Browser() => Assertions.SetDefaultExpectTimeout(60_000);

    /// <summary>One tab in a window of its own; of a phone, where that is touched.</summary>
    public async Task<Tab> OpenAsync(Uri address, bool javaScript = true, bool isTouched = false) =>
        await Tab.OpenAsync(await NewWindowAsync(address, javaScript, isTouched), address);

    /// <summary>A window with its own cookies, and no tab yet.</summary>
    public async Task<IBrowserContext> NewWindowAsync(Uri address, bool javaScript = true, bool isTouched = false)
    {
        await turn.WaitAsync();
        try
        {
            playwright ??= await Playwright.CreateAsync();
            chromium ??= await playwright.Chromium.LaunchAsync(
                new BrowserTypeLaunchOptions
                {
                    ExecutablePath = Environment.GetEnvironmentVariable("REPUBLIC_TEST_CHROMIUM") ?? (File.Exists(Shell) ? Shell : System),
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
        return context;
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
