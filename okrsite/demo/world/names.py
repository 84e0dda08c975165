"""What people, teams and circles of a bigger sample organisation are called. Nobody in it is real."""

NAME = "Tidewater"
DOMAIN = "tidewater.example"
ZONE = "Europe/Berlin"
PURPOSE = "We bring people across the water and through the night, and make the way there part of the journey."

GIVEN = """
Abeni Adil Agnes Aiko Alejandra Alma Amara Amir Anahit Andrei Anjali Annika Arash Astrid Aurelio Ayaan Azra Beatriz
Bao Bekele Benedikt Birgit Bojan Carlota Catarina Chiara Chidi Ciara Cosmin Dalia Damla Daniela Darius Davor Deniz
Dilara Dimitra Ebba Efua Eilidh Emeka Emre Esra Farah Fatou Felipe Fenna Florin Freya Gaspard Georgi Giulia Hamid
Hana Hedda Hugo Ibrahim Ida Ilse Imani Ines Iryna Isla Ivo Jamila Jana Javier Jens Joana Joris Kaito Kamila Kateryna
Kwame Laila Laszlo Leila Lena Linh Lior Luka Maarten Madina Malik Marisol Mateo Meera Mehdi Milan Minh Nadia Naveen
Nikolai Noor Odile Olumide Orsolya Paola Pekka Radka Rafael Rania Rasmus Ravi Rosa Salma Sanna Selam Shirin Sofia
Stellan Tamar Tariq Teresa Thandi Tuan Ulla Valentina Viktor Wanjiru Yara Yuki Zainab Zoran
"""
FAMILY = """
Abara Achterberg Adamik Alvarado Amadi Andersson Arslan Asante Bajwa Bakker Balogun Banerjee Baptiste Barbosa Bauer
Bekova Bergstrom Bianchi Blomqvist Boateng Bogdanov Borg Calleja Campos Castellano Chaudhry Chukwu Cornelissen Costa
Csonka Dahlgren Danso Delacroix Demirci Diallo Dimitrov Dlamini Dragan Eklund Erdem Eskola Estrada Fagerlund Faria
Ferreira Fischbach Fontaine Fujita Galvao Gebre Ghorbani Giordano Grabowska Haddad Hakimi Halonen Hartmann Hassan
Havel Heikkila Herrera Hoang Horvat Hussain Iliev Ishikawa Iversen Jankovic Jansons Jaramillo Kamau Karimi Kaplan
Kassab Keita Khatri Kirchner Kobayashi Kovalenko Kowalczyk Krogh Kuznetsova Laine Larsen Leclair Lindholm Lombardi
Lund Macedo Magnusson Mahlangu Malik Marchetti Marinov Mazur Mbeki Medina Mehta Meijer Mensimah Molnar Moreira Mwangi
Nakano Navarro Ndiaye Nemeth Nguyen Nieminen Novotna Nwosu Obi Okello Olsen Onyango Orlova Otieno Oyelaran Ozdemir
Pacheco Palsson Papadakis Patel Pavlova Pereira Petrenko Pham Quintero Rahimi Raman Rezende Ricci Rosenthal Rossi
Saarinen Salazar Sandhu Santoro Sarkissian Schuster Sethi Shevchuk Silveira Sithole Solberg Sorensen Stoica Suzuki
Szabo Takeda Tanaka Tavares Teixeira Thapa Tran Tshabalala Ulrich Usman Valdez Varga Vasquez Verhoeven Vuković Walczak
Weiss Wickström Yamada Yilmaz Zanetti Zielinska Zimmer
"""

TEAMS = (
    ("Booking", "From the first look at a timetable to a ticket in the pocket, without a question left."),
    ("Timetables", "We say when things leave, and we are right."),
    ("Payments", "Money goes the right way once, and people can see that it did."),
    ("Refunds", "Whoever does not travel has their money back before they ask twice."),
    ("Night Trains", "People fall asleep in one country and wake up in another, rested."),
    ("Ferries", "We fill the boats and keep the queues short."),
    ("Mobile", "What one needs on a platform fits on a small screen and in one hand."),
    ("Wayfinding", "We find the way there that people would have chosen themselves."),
    ("Stations", "We make arriving in a strange town a little less strange."),
    ("Accessibility", "Nobody stays at home because of us."),
    ("Loyalty", "We thank those who come back, and never with a riddle."),
    ("Partners", "Those who run the trains and boats can rely on us."),
    ("Pricing", "A fair price that we could explain to anybody in the queue."),
    ("Data Platform", "We keep the numbers from which others learn, and say where they come from."),
    ("Reliability", "We see to it that nobody notices us."),
    ("Security", "We make the safe way the easy way."),
    ("Design", "We leave out what nobody needs."),
    ("Research", "We listen before anybody builds, and bring back what we heard."),
    ("Care", "We answer people as we would like to be answered on a cold platform."),
    ("Crew Planning", "The right people are on board, and home when they said they would be."),
    ("Maintenance", "We mend things before they break."),
    ("Kitchen", "Warm food at two in the morning, and little thrown away."),
    ("Finance", "We know where we stand, on the third day of each month."),
    ("Colleagues", "We find colleagues, and help them to stay and grow."),
    ("Learning", "We help people to be better at their work than they were in spring."),
    ("Legal", "We say what is possible, and how."),
    ("Sales", "We find those for whom our journeys are made."),
    ("Groups", "Forty people, one booking, no tears."),
    ("Marketing", "We tell people what is true and worth knowing."),
    ("Content", "We write what people read while they wait."),
    ("Translation", "We sound at home in eleven languages."),
    ("Maps", "We draw the last kilometre."),
    ("Notices", "We tell people what changed before they find out by themselves."),
    ("Freight", "What travels at night takes no room by day."),
    ("Sustainability", "We count what a journey costs everybody else, and make it less."),
    ("Energy", "We drive the same way with less."),
    ("Quality", "We ask the awkward question while it is still cheap."),
    ("Developer Tools", "We give our colleagues an hour back each day."),
    ("Integration", "What others built long ago works with what we build now."),
    ("Workplace", "We make places in which people like to work, at home too."),
)
AREAS = (
    "Journeys",
    "On Board",
    "Product",
    "Operations",
    "Customers",
    "Technology",
    "Commerce",
    "Regions",
    "Support",
    "Network",
    "Services",
    "New Ways",
)
AREA_PURPOSE = "We see to it that our teams pull in one direction, and otherwise stay out of their way."
LEADERSHIP, LEADERSHIP_PURPOSE = "Leadership", "We decide what only we can decide, and say why."
CIRCLES = (
    ("Readers", "One book in six weeks, and no summaries."),
    ("Runners", "Slowly, before work, whatever the weather."),
    ("Speakers", "We try talks on each other before strangers hear them."),
    ("Menders", "We repair what others would throw away."),
    ("Cooks", "One pot, eight people, a dish from somebody’s home."),
    ("Mentors", "We help each other to help others."),
)
BIRDS = """
Heron Kestrel Plover Swift Tern Wren Curlew Dunlin Eider Falcon Gannet Harrier Ibis Jackdaw Kingfisher Lapwing Merlin
Nightjar Osprey Petrel Quail Redstart Siskin Teal Avocet Bittern Crane Dipper Egret Fulmar Goldcrest Hoopoe Jay
Linnet Martin Nuthatch Oriole Pipit Raven Skylark Thrush Waxwing Whimbrel Yellowhammer Shearwater Sandpiper
"""
