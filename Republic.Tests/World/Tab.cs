using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Republic.Tests.World;

/// <summary>A page in a real browser, and everything that the browser complained about.</summary>
public sealed class Tab : IAsyncDisposable
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();
    private static readonly string[] OfColours = ["color-contrast", "link-in-text-block"];
    private static readonly ColorScheme[] Schemes = [ColorScheme.Light, ColorScheme.Dark];

    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> complaints = new();

    private readonly bool isAlone;

    private Tab(IBrowserContext context, IPage page, bool isAlone) => (this.context, Page, this.isAlone) = (context, page, isAlone);

    public IPage Page { get; }

    /// <summary>Script errors, breaches of the content security policy, and requests that left for another host.</summary>
    public IReadOnlyCollection<string> Complaints => complaints;

    /// <param name="isAlone">It is the only one in its window, which is closed with it.</param>
    public static async Task<Tab> OpenAsync(IBrowserContext context, Uri address, bool isAlone = true)
    {
        var tab = new Tab(context, await context.NewPageAsync(), isAlone);
        tab.Page.PageError += (_, error) => tab.complaints.Enqueue(error);
        tab.Page.Console += (_, message) =>
        {
            // A refused request is the test's own doing; that it failed is on the page.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
            {
                tab.complaints.Enqueue(message.Text);
            }
        };
        tab.Page.Request += (_, request) =>
        {
            if (
                !request.Url.StartsWith(address.ToString(), StringComparison.Ordinal)
                && !request.Url.StartsWith("data:", StringComparison.Ordinal)
            )
            {
                tab.complaints.Enqueue($"It asked for {request.Url}");
            }
        };
        return tab;
    }

    public Task GoAsync(string path) => Page.GotoAsync(path);

    public async Task SignInAsync(string email, string password)
    {
        await GoAsync("/account/sign-in");
        await Page.GetByLabel("E-mail").FillAsync(email);
        await Page.GetByLabel("Password").FillAsync(password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await ArriveAsync("^(?!.*/account/sign-in)");
    }

    /// <summary>
    /// Waits for the address alone. Playwright's WaitForURLAsync waits for the page's load event too, and misses one that
    /// comes while it begins to listen.
    /// </summary>
    public Task ArriveAsync([StringSyntax(StringSyntaxAttribute.Regex)] string address) =>
        Assertions.Expect(Page).ToHaveURLAsync(new Regex(address, RegexOptions.None, TimeSpan.FromSeconds(1)));

    public Task SignInAsync(Inhabitant person) => SignInAsync(person.Email, person.Password);

    /// <summary>Opens the person's menu, on a desk.</summary>
    public Task OpenMenuAsync() => Page.Locator(".me-menu > summary").ClickAsync();

    /// <summary>Would leave the page, or read it anew, stays on it when the browser asks, and tells what it asked.</summary>
    /// <param name="leaving">The script that leaves.</param>
    public async Task<string> AskedAsync(string leaving)
    {
        var asked = new TaskCompletionSource<IDialog>();
        Page.Dialog += Ask;
        // It goes on once the question is answered.
        var left = Page.EvaluateAsync(leaving);
        var dialog = await asked.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        await dialog.DismissAsync();
        await left;
        Page.Dialog -= Ask;
        return dialog.Type;

        void Ask(object? sender, IDialog question) => asked.TrySetResult(question);
    }

    /// <summary>
    /// Looks at the page on a desk and on a phone: nothing scrolls sideways, and the browser has nothing to complain about. For a page
    /// whose like is looked at with <see cref="AssertAccessibleAsync"/> already.
    /// </summary>
    public Task AssertPleasantAsync() => LookAsync(withAxe: false);

    /// <summary>
    /// Looks as <see cref="AssertPleasantAsync"/> does, and in both widths light and dark: axe finds nothing serious. In the dark nothing
    /// is different but colours, and only they are looked at again. It costs a second of the processor, so each state of a page is
    /// looked at once.
    /// </summary>
    public Task AssertAccessibleAsync() => LookAsync(withAxe: true);

    public async ValueTask DisposeAsync() => await (isAlone ? context.CloseAsync() : Page.CloseAsync());

    private async Task LookAsync(bool withAxe)
    {
        foreach (var (width, height) in new[] { (1280, 900), (390, 844) })
        {
            await Page.SetViewportSizeAsync(width, height);
            foreach (var scheme in withAxe ? Schemes : [])
            {
                await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
                var serious = await SeriousAsync(scheme == ColorScheme.Dark ? OfColours : []);
                Assert.True(serious.Length == 0, $"{Page.Url}, {width} px, {scheme}:\n{string.Join('\n', serious)}");
            }

            Assert.False(
                await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"),
                $"{Page.Url} scrolls sideways at {width} px."
            );
        }

        Assert.True(complaints.IsEmpty, string.Join('\n', complaints));
    }

    /// <summary>Asks axe itself: its .NET runner opens a second page for each run, and carries over all that was found to be in order.</summary>
    private async Task<string[]> SeriousAsync(string[] rules)
    {
        if (await Page.EvaluateAsync<bool>("typeof window.axe === 'undefined'"))
        {
            await Page.EvaluateAsync(Axe);
        }

        return await Page.EvaluateAsync<string[]>(
            """
            async rules => {
                // Colours that are still on their way from light to dark are nobody's to judge.
                const transitions = document.getAnimations().filter(animation => animation instanceof CSSTransition);
                await Promise.allSettled(transitions.map(transition => transition.finished));
                // What a rule finds has the rule's impact; the result of one that cannot be serious is nobody's to read.
                const lesser = axe._audit.rules.filter(rule => rule.impact === 'minor' || rule.impact === 'moderate');
                const off = Object.fromEntries(lesser.map(rule => [rule.id, { enabled: false }]));
                const options = {
                    resultTypes: ['violations'],
                    selectors: false,
                    ...(rules.length ? { runOnly: rules } : { rules: off }),
                };
                const { violations } = await axe.run(document, options);
                return violations
                    .filter(found => found.impact === 'serious' || found.impact === 'critical')
                    .map(found => `${found.id}: ${found.help}\n${found.nodes.map(node => '    ' + node.html).join('\n')}`);
            }
            """,
            rules
        );
    }
}
