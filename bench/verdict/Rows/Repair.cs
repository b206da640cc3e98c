namespace Republic.Bench.Rows;

/// <summary>What breaks, and what a repair shop says of it.</summary>
internal static class Repair
{
    public static readonly string[] Things =
    [
        "toaster",
        "bicycle",
        "radio",
        "camera",
        "kettle",
        "printer",
        "heater",
        "mixer",
        "lawn mower",
        "sewing machine",
        "doorbell",
        "torch",
    ];

    public static readonly (string Told, string Answer)[] Problems =
    [
        ("makes a loud noise", "a loose screw rattles inside. Bring the {thing} on any weekday and we tighten it."),
        ("does not start", "first look at the plug. If the {thing} is still dead, we change its switch for 20 coins."),
        ("smells of smoke", "pull the plug at once! Never open a hot {thing}; our people fetch it today."),
        ("has lost its handle", "handles are in stock. Send us a picture of your {thing} and we post the part."),
        ("leaks water", "dry the floor and put a bowl below the {thing}. A new seal costs little."),
        ("is too slow", "dust slows it down. Clean your {thing} with a soft brush once a month."),
        ("broke in two", "that cannot be glued. We take the old {thing} back and give you half its price."),
        ("blinks all the time", "blinking means low power. Change both batteries of the {thing}."),
        ("fell on the stone floor", "we are sorry. Insurance pays for a {thing} that fell; fill in form seven."),
        ("was delivered in the wrong colour", "that is our mistake. Keep the {thing}, a second one is on its way."),
        ("came without a manual", "you can read the manual of every {thing} on our page, under Help."),
        ("gets very hot", "leave space around it. A {thing} needs as much air as a candle."),
        ("has a scratch", "a scratch is no fault. Polish your {thing} with wax and a warm cloth."),
        ("has not arrived yet", "parcels take four days. When the {thing} is later than that, write to the post."),
        ("was stolen", "tell the police first. With their letter we sell you a {thing} at cost."),
        ("is too heavy for me", "our light model weighs half. You may swap your {thing} until the end of May."),
        ("stops after a minute", "a guard inside stops it. Let the {thing} cool and press the small button."),
        ("gives me small shocks", "do not touch it again! A wire is bare, and this {thing} belongs in the bin."),
        ("needs a new cable", "cables are sold by length. Measure the old one of your {thing} and call us."),
        ("rusts", "rub it with oil and a cork. Store the {thing} in a dry room after that."),
        ("is out of fashion", "old things are loved again. Our museum would gladly show your {thing}."),
        ("plays only one song", "that is the test song. Hold two buttons of the {thing} and choose another."),
        ("was a gift that I do not need", "no receipt is needed. Any {thing} in its box can be returned for a voucher."),
        ("cannot be opened", "turn it left and push. If the {thing} resists, a locksmith helps."),
        ("shakes on the table", "set its feet again. Each foot of the {thing} turns like a screw."),
        ("is covered with paint", "wait until the paint is dry, then peel it from the {thing} with a spoon."),
    ];
}
