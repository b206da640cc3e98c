using Republic.Core.Search;

namespace Republic.Web;

/// <summary>The pages of what is found.</summary>
internal static class SearchAddresses
{
    public static string Of(SearchResult result) =>
        result.Kind switch
        {
            SearchKinds.Minion => $"/models/{result.Id}",
            SearchKinds.Task => $"/tasks/{result.Id}",
            SearchKinds.Scenario => $"/scenarios/{result.Id}",
            SearchKinds.Episode => $"/episodes/{result.Id}",
            SearchKinds.Run => $"/training/{result.Id}",
            SearchKinds.Dataset => $"/datasets/{result.Id}",
            SearchKinds.Collection => $"/knowledge/{result.Id}",
            SearchKinds.Document => $"/knowledge/{result.Collection}/documents/{result.Id}",
            SearchKinds.PersonalModel => $"/personal-models/{result.Id}",
            SearchKinds.Setting => SettingPage.All.Single(page => page.Id == result.Id).Address,
            SearchKinds.Conversation => $"/chats/{result.Id}",
            // Also of a branch that is not shown, and at the message.
            SearchKinds.Message => $"/chats/{result.Conversation}?message={result.Id}#m-{result.Id}",
            _ => throw new ArgumentOutOfRangeException(nameof(result), result.Kind, "A kind without a page."),
        };
}
