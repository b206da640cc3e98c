using Republic.Core;

namespace Republic.Bench.Rows;

/// <summary>A made-up subject in a regular form. Each thing is a cluster of its own.</summary>
internal sealed record Facts(
    IReadOnlyList<string> Firsts,
    IReadOnlyList<string> Seconds,
    IReadOnlyList<string> Questions,
    IReadOnlyList<string> Answers
)
{
    private static readonly string[] Places =
    [
        "behind the old mill",
        "near the north gate",
        "beside the river",
        "under the clock tower",
        "across from the bakery",
        "at the end of the harbour",
        "below the castle",
        "next to the school garden",
        "left of the fountain",
        "on the hill by the chapel",
        "between the two bridges",
        "opposite the post office",
    ];
    private static readonly string[] People = ["Hanna", "Piet", "Rosa", "Milan", "Greta", "Otto", "Selma", "Ivo", "Tilda", "Bruno"];
    private static readonly string[] Days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    private static readonly string[] Colours = ["red", "blue", "green", "yellow", "white", "black", "grey", "brown"];

    public static IReadOnlyList<Facts> Subjects { get; } =
    [
        new(
            ["copper", "wooden", "striped", "folding", "silver", "woollen", "garden", "travel", "winter", "kitchen", "painted", "little"],
            [
                "lantern",
                "ladder",
                "kettle",
                "basket",
                "umbrella",
                "blanket",
                "whistle",
                "bucket",
                "mirror",
                "clock",
                "stool",
                "brush",
                "candle",
                "drum",
                "rope",
                "tray",
                "lamp",
                "hammer",
                "pillow",
                "jar",
                "comb",
                "scarf",
            ],
            [
                "What does the {0} cost?",
                "Do you have a {0} in the shop?",
                "I am looking for a {0}. Where is it?",
                "Tell me the price of the {0}, please.",
                "How much is a {0} here?",
                "My aunt wants a {0}. Can I get one?",
                "Is the {0} on sale?",
                "Which shelf has the {0}?",
            ],
            [
                "The {0} costs {n} coins. You find it on shelf {m}, and it comes in {colour}.",
                "Our {0} is {colour} and stands on shelf {m}. It is yours for {n} coins.",
                "Yes, we have one {0} left for {n} coins. Ask {person} at shelf {m}.",
            ]
        ),
        new(
            ["Amber", "Lark", "Mill", "Candle", "Falcon", "Juniper", "Saddle", "Copper", "Moon", "Thistle", "Barrel", "Swan", "Needle"],
            [
                "Street",
                "Lane",
                "Row",
                "Alley",
                "Square",
                "Hill",
                "Yard",
                "Walk",
                "Gate",
                "Steps",
                "Bridge",
                "Corner",
                "Court",
                "Bank",
                "Way",
            ],
            [
                "Where is {0}?",
                "How do I get to {0}?",
                "What is there to see in {0}?",
                "Who lives in {0}?",
                "I have an appointment in {0}. Where do I go?",
                "Is {0} far from here?",
                "Tell me something about {0}.",
                "On which day is the market in {0}?",
            ],
            [
                "{0} lies {place}. The market is there on {day}, and {person} at number {n} knows everybody.",
                "Go to the house with the {colour} door {place}: there {0} begins. {person} lives at number {n}.",
                "You find {0} {place}. It has {n} houses, most of them {colour}, and is quiet on {day}.",
            ]
        ),
        new(
            ["Night", "Silent", "Golden", "Second", "Paper", "Broken", "Summer", "Iron", "Hidden", "Glass", "Last", "Painted", "Stone"],
            [
                "Harvest",
                "Letter",
                "Voyage",
                "Orchard",
                "Mirror",
                "Garden",
                "Winter",
                "Crown",
                "River",
                "Island",
                "Journey",
                "Song",
                "Window",
                "Stair",
                "Feather",
                "Atlas",
            ],
            [
                "Is \"The {0}\" in the library?",
                "Where do I find the book \"The {0}\"?",
                "Who wrote \"The {0}\"?",
                "What is \"The {0}\" about?",
                "When can I borrow \"The {0}\"?",
                "My teacher told me to read \"The {0}\". Do you have it?",
                "How long is \"The {0}\"?",
                "Can you bring me \"The {0}\"?",
            ],
            [
                "\"The {0}\" is a {colour} book of {n} pages by {person}. It stands in room {m}, back on {day}.",
                "{person} wrote \"The {0}\". Its {n} pages wait for you in room {m} until {day}.",
                "Somebody has \"The {0}\" until {day}. It plays {place}, has {n} pages and belongs in room {m}.",
            ]
        ),
        new(
            ["red", "early", "creeping", "mountain", "dwarf", "sweet", "wild", "royal", "white", "water", "autumn", "northern"],
            [
                "violet",
                "clover",
                "thyme",
                "poppy",
                "fern",
                "lily",
                "mallow",
                "sorrel",
                "aster",
                "iris",
                "nettle",
                "sage",
                "tulip",
                "daisy",
                "mint",
                "rose",
                "lupin",
                "yarrow",
            ],
            [
                "How do I care for the {0}?",
                "When does the {0} flower?",
                "Where should I plant a {0}?",
                "How tall does the {0} grow?",
                "Does the {0} need much water?",
                "My {0} looks sad. What does it need?",
                "What colour is the {0}?",
                "How often do I water the {0}?",
            ],
            [
                "The {0} grows {n} inches tall and wants water on {day}. Its flowers are {colour}.",
                "Plant the {0} {place}, in bed {m}. {person} gives it water each {day}.",
                "Each {day} the {0} needs {m} cups of water. Then it turns {colour} and grows up to {n} inches.",
            ]
        ),
    ];

    public Population Population() =>
        new(Names().ToDictionary(name => name, name => (Func<SeededRandom, Row>)(random => About(name, random))));

    private IEnumerable<string> Names() => from first in Firsts from second in Seconds where first != second select $"{first} {second}";

    private Row About(string name, SeededRandom random)
    {
        string Drawn(IReadOnlyList<string> from) => from[random.Next(from.Count)];
        var answer = Drawn(Answers)
            .Replace("{n}", $"{random.Next(190) + 5}", StringComparison.Ordinal)
            .Replace("{m}", $"{random.Next(28) + 2}", StringComparison.Ordinal)
            .Replace("{colour}", Drawn(Colours), StringComparison.Ordinal)
            .Replace("{person}", Drawn(People), StringComparison.Ordinal)
            .Replace("{place}", Drawn(Places), StringComparison.Ordinal)
            .Replace("{day}", Drawn(Days), StringComparison.Ordinal);
        return new Row(Drawn(Questions).Replace("{0}", name, StringComparison.Ordinal), Named(answer, name), name);
    }

    private static string Named(string answer, string name) =>
        Sprout.Dialogues.Invention.Capitalised(answer.Replace("{0}", name, StringComparison.Ordinal));
}
