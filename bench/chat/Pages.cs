using Republic.Core;

namespace Republic.Bench;

/// <summary>The palette, the lists and chats of a person, in a browser.</summary>
internal sealed class Pages(Person person, Planted planted, Vocabulary latin, Size size)
{
    private const string List = "/chats";
    private const string Count = "/chats?handler=Waiting";

    /// <summary>Where nothing is unread.</summary>
    public IReadOnlyList<Kind> Kinds =>
        [
            new("palette: before the first letter", _ => HasAsync(Palette(""), "role=\"option\"")),
            new("palette: two letters", i => HasAsync(Palette(latin.Words[i % 100][..2]), "role=\"option\"")),
            new("palette: a rare word", i => HasAsync(Palette(planted.NeedleOf(i).Word), $"m-{planted.NeedleOf(i).Message}")),
            new("the page of the list of chats", _ => HasAsync(List, "class=\"convo\"")),
            new("API: 50 chats of the list", _ => ListAsync()),
            new("the number of unread chats in the navigation: none", CountNoneAsync),
            new(
                $"a chat of {Counted.Of(size.LongBranch)} messages",
                _ => HasAsync($"/chats/{planted.Long.Chat}", $"id=\"m-{planted.Long.Last}\"")
            )
            {
                IsLong = true,
            },
            new(
                $"a chat of {Counted.Of(size.Branches)} branches",
                _ => HasAsync($"/chats/{planted.Branched.Chat}", $"{size.Branches} / {size.Branches}")
            )
            {
                IsLong = true,
            },
        ];

    /// <summary>Where some chats are unread.</summary>
    public IReadOnlyList<Kind> KindsOfUnread =>
        [
            new($"the page of the list, {Counted.Of(size.Unread)} chats unread", _ => HasAsync(List, "data-unread=\"true\"")),
            new(
                $"the number of unread chats in the navigation: {Counted.Of(size.Unread)}",
                _ => HasAsync(Count, $"{Counted.Of(size.Unread)}<span class=\"vh\"> waiting for you")
            ),
        ];

    private static string Palette(string typed) => $"/search?handler=Palette&q={Uri.EscapeDataString(typed)}&only=";

    private async Task HasAsync(string address, string part) =>
        Kind.Expect((await person.PageAsync(address)).Contains(part, StringComparison.Ordinal), $"{address} has no {part}");

    private async Task CountNoneAsync(int request) =>
        Kind.Expect(!(await person.PageAsync(Count)).Contains("waiting for you", StringComparison.Ordinal), "a chat is unread");

    private async Task ListAsync()
    {
        var chats = (await person.GetAsync("/api/conversations?limit=50"))["conversations"]!.AsArray();
        Kind.Expect(chats.Count == 50, $"the list has {chats.Count} chats");
    }
}
