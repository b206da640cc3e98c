using System.Net;
using Microsoft.Playwright;

namespace Republic.Tests.World;

/// <summary>
/// Looks at pages as they are when somebody comes to them: each in a tab of a window that is signed in already, for things that are
/// planted once. A fixture of a class.
/// </summary>
public sealed class LookWindow(Browser browser) : IAsyncDisposable
{
    private readonly Dictionary<string, Task<PlantedState>> states = [];
    private readonly Dictionary<PlantedState, IBrowserContext> windows = [];

    /// <param name="plant">A method of the class, by whose name it is known whether it was called already.</param>
    public Task<PlantedState> OnceAsync(Func<Task<PlantedState>> plant)
    {
        ArgumentNullException.ThrowIfNull(plant);
        return states.TryGetValue(plant.Method.Name, out var planted) ? planted : states[plant.Method.Name] = plant();
    }

    /// <param name="shown">A text that is visible before anything is judged, so that no other page is looked at by mistake.</param>
    /// <param name="pressed">The selector of what is pressed first.</param>
    public async Task LookAsync(
        IRepublic republic,
        PlantedState state,
        string page,
        string shown,
        string? pressed = null,
        HttpStatusCode status = HttpStatusCode.OK
    )
    {
        ArgumentNullException.ThrowIfNull(republic);
        ArgumentNullException.ThrowIfNull(state);
        await using var tab = await Tab.OpenAsync(await WindowAsync(republic.Address, state), republic.Address, isAlone: false);
        var response = await tab.Page.GotoAsync(state.AddressOf(page));
        Assert.Equal((page, status), (page, (HttpStatusCode)response!.Status));
        if (pressed is not null)
        {
            await tab.Page.Locator(pressed).First.ClickAsync();
        }

        var text = tab.Page.Locator("main").GetByText(shown).Filter(new() { Visible = true });
        await Assertions.Expect(text.First).ToBeVisibleAsync();
        await tab.AssertAccessibleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var window in windows.Values)
        {
            await window.DisposeAsync();
        }
    }

    private async Task<IBrowserContext> WindowAsync(Uri address, PlantedState state)
    {
        if (windows.TryGetValue(state, out var open))
        {
            return open;
        }

        var window = windows[state] = await browser.NewWindowAsync(address);
        if (state.Person is { } person)
        {
            var cookies = (await person.BrowserAsync()).Cookies.GetCookies(address);
            await window.AddCookiesAsync(
                cookies.Select(cookie => new Microsoft.Playwright.Cookie
                {
                    Name = cookie.Name,
                    Value = cookie.Value,
                    Url = address.ToString(),
                })
            );
        }

        return window;
    }
}
